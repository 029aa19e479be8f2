import { useDesk } from '../desk.ts'
import { Key } from '../ui/Key.tsx'
import { nothingNotice, undoingNotice } from './notices.ts'
import { words } from './words.ts'

/** The line at the bottom: what was just done, how to take it back. It stays until something else is done. */
export function StatusLine() {
  const { acts } = useDesk()
  const line = acts.line.value
  const w = words()
  return (
    <div class={`act-line${line ? ` shown ${line.tone}` : ''}`}>
      <p role="status">{line?.say()}</p>
      {line?.undoable && (
        <button type="button" onClick={() => acts.undo(undoingNotice(), nothingNotice())}>
          {w.undo} <Key name="z" />
        </button>
      )}
      {line && line.tone !== 'sending' && (
        <button type="button" aria-label={w.hide} onClick={() => acts.say(null)}>
          <span aria-hidden="true">×</span>
        </button>
      )}
    </div>
  )
}
