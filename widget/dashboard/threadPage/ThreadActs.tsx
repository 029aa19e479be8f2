import { useSignal } from '@preact/signals'
import type { StaffThread } from '../../../worker/contract/staffThread.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { Late, part } from '../ui/Late.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { MoveThread } from './MoveThread.tsx'
import type { Thread } from './thread.ts'

const allMatching = part(['bulk'], async () => (await import('../bulk/AllMatching.tsx')).AllMatching)

/** What is done to a whole thread: all that waits in it decided together, closing it, having all of it checked, having it answer elsewhere. */
export function ThreadActs({ thread, found }: { thread: Thread; found: StaffThread }) {
  const deciding = useSignal(false)
  const moving = useSignal(false)
  const w = words('thread')
  const { closed, checked, counts, most } = found
  const waiting = `${counts.pending.toLocaleString(tag())}${counts.pending >= most ? '+' : ''}`
  return (
    <>
      <p class="acts">
        {counts.pending > 0 && (
          <button
            type="button"
            class="primary"
            aria-haspopup="dialog"
            onClick={() => {
              deciding.value = true
            }}
          >
            {formatMessage(w.decideAll, { count: waiting })}
          </button>
        )}
        {closed?.by !== 'archive' && (
          <button type="button" onClick={() => thread.toggle('closure', !closed)}>
            {closed ? words('context').reopen : words('context').close}
          </button>
        )}
        <button type="button" onClick={() => thread.toggle('check', !checked)}>
          {checked ? words('context').uncheck : words('context').check}
        </button>
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => {
            moving.value = true
          }}
        >
          {w.move.open}
        </button>
      </p>
      <Sheet open={deciding} class="bulk" label={formatMessage(w.decideAll, { count: waiting })}>
        <Late
          part={allMatching}
          given={{
            filter: new URLSearchParams({ tab: 'held', thread: String(found.id) }).toString(),
            done() {
              deciding.value = false
              thread.load()
            },
          }}
        />
      </Sheet>
      <Sheet open={moving} class="bulk" label={w.move.title}>
        <MoveThread
          found={found}
          load={thread.load}
          done={() => {
            moving.value = false
          }}
        />
      </Sheet>
    </>
  )
}
