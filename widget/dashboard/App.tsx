import { useSignalEffect } from '@preact/signals'
import { Board } from './Board.tsx'
import { showWaiting } from './core/appBadge.ts'
import { words } from './core/words.ts'
import { type Desk, DeskContext } from './desk.ts'
import { Late, part } from './ui/Late.tsx'

const door = part(
  ['signedOut', 'passkeys', 'preferences'],
  async () => (await import('./core/SignedOut.tsx')).SignedOut,
)

/** The moderators' app: the desk, or the door to it. */
export function App({ desk }: { desk: Desk }) {
  useSignalEffect(() => {
    const held = desk.queue.list.counts.value?.held
    document.title = `${held && desk.session.state.value === 'in' ? `(${held}) ` : ''}${words().title}`
  })
  useSignalEffect(() => {
    const held = desk.session.state.value === 'in' ? desk.queue.list.counts.value?.held : 0
    showWaiting(held ?? 0)
  })
  const state = desk.session.state.value
  const mine = desk.session.session.value
  // Who loses the session finds all that was begun as it was.
  const kept = mine !== null && state !== 'in'
  return (
    <DeskContext.Provider value={desk}>
      {mine && (
        <div class="desk" hidden={kept} inert={kept}>
          <Board key={mine.moderator.id} />
        </div>
      )}
      {state === 'opening' && (
        <main class="door" aria-busy="true">
          <p class="late quiet">{words().opening}</p>
        </main>
      )}
      {(state === 'out' || state === 'failed') && <Late part={door} given={{}} />}
    </DeskContext.Provider>
  )
}
