import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import { held } from '../core/held.ts'
import { formatMessage, own, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { logOf } from './log.ts'
import { sentence } from './sentence.ts'

/** What undoes a line, by what it does; or why nothing does any more. */
export function UndoButton({ entry }: { entry: AuditEntry }) {
  const { busy, undo } = use(logOf)
  const w = words('auditLog').undo
  if (!entry.undo) return null
  const { state } = entry.undo
  if (state !== 'open') return <p class="quiet">{w.states[state]}</p>
  const label = labelOf(entry)
  return (
    <button
      type="button"
      class="plain"
      aria-label={`${label} (${sentence(entry)})`}
      {...held(busy.value.has(entry.id))}
      onClick={() => undo(entry)}
    >
      {label}
    </button>
  )
}

/** What the button will do: for a decision, what the comment will be again. */
function labelOf({ act, details, bulk }: AuditEntry): string {
  const w = words('auditLog').undo
  if (bulk) return formatMessage(w.all, { count: bulk.count })
  const label = own<string>(w.acts, act)
  if (label) return label
  const status = own<string>(words().status, String(details.from))
  return status ? formatMessage(w.status, { status }) : w.plain
}
