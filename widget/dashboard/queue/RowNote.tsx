import type { QueueItem } from '../../../worker/contract/queue.ts'
import { noteWords } from '../core/notices.ts'
import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { changes } from './decisions.ts'
import type { Note } from './rowNotes.ts'

/** What happened to a comment while it was on screen, and what one can do about it. */
export function RowNote({ item, note }: { item: QueueItem; note: Note }) {
  const { decisions } = useDesk()
  const w = words()
  const again = (note.kind === 'lost' || note.kind === 'failed') && changes(item, note.action)
  return (
    <div class={`note ${note.kind}`}>
      <p>{noteWords(note)}</p>
      {again && (
        <button type="button" onClick={() => decisions.again(item.id)}>
          {note.kind === 'lost' ? w.anyway[note.action] : w.tryAgain}
        </button>
      )}
      {note.kind !== 'departed' && (
        <button type="button" class="plain" onClick={() => decisions.dismiss(item.id)}>
          {note.kind === 'lost' ? w.leaveIt : w.hideNote}
        </button>
      )}
    </div>
  )
}
