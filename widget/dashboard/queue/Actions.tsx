import type { Action } from '../../../worker/contract/decisions.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { oneKey } from '../core/preferences.ts'
import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Key } from '../ui/Key.tsx'
import { changes, isKept } from './decisions.ts'

const keys: Record<Action, string> = {
  ...{ approve: 'a', reject_change: 'c', reject: 'r', spam: 's', delete: 'd', restore: 'b' },
}
const order = Object.keys(keys) as Action[]

/** The buttons that decide, each with its key: only what would change something. */
export function Actions({ items, bulk = false }: { items: QueueItem[]; bulk?: boolean }) {
  const desk = useDesk()
  const { cursor } = desk.queue.list
  const w = words()
  const keeps = items.every(isKept)
  const isChange = items.every((item) => changes(item, 'reject_change'))
  const possible = order.filter((action) => items.some((item) => changes(item, action)))

  function act(action: Action) {
    if (action === 'reject' || action === 'reject_change') cursor.choosing.value = action
    else
      desk.decisions.decide(
        items.map((item) => item.id),
        action,
      )
  }

  function nameOf(action: Action) {
    if (action === 'approve' && keeps) return 'keep'
    if (isChange && action === 'approve') return 'approveChange'
    return isChange && action === 'reject' ? 'rejectComment' : action
  }

  return (
    <div class="actions">
      {possible.map((action) => (
        <button
          key={action}
          type="button"
          class={action}
          aria-keyshortcuts={oneKey.value ? keys[action] : undefined}
          onClick={(event) => {
            event.stopPropagation()
            act(action)
          }}
        >
          {w.decide[nameOf(action)]} <Key name={keys[action]} />
        </button>
      ))}
      {!bulk && possible.length > 0 && (
        <button
          type="button"
          aria-keyshortcuts={oneKey.value ? 'e' : undefined}
          onClick={(event) => {
            event.stopPropagation()
            cursor.answering.value = true
          }}
        >
          {w.answer} <Key name="e" />
        </button>
      )}
      {!bulk && (
        <button
          type="button"
          class="details"
          onClick={() => {
            cursor.detailed.value = true
          }}
        >
          {w.details} <Key name="i" />
        </button>
      )}
    </div>
  )
}
