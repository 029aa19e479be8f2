import { useSignalEffect } from '@preact/signals'
import { Board } from './Board.tsx'
import { SignedOut } from './core/SignedOut.tsx'
import { words } from './core/words.ts'
import { type Desk, DeskContext } from './desk.ts'

/** The moderators' app: the desk, or the door to it. */
export function App({ desk }: { desk: Desk }) {
  useSignalEffect(() => {
    const held = desk.queue.list.counts.value?.held
    document.title = `${held && desk.session.state.value === 'in' ? `(${held}) ` : ''}${words().title}`
  })
  return (
    <DeskContext.Provider value={desk}>
      {desk.session.state.value === 'in' ? <Board /> : <SignedOut />}
    </DeskContext.Provider>
  )
}
