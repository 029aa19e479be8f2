import { useSignal } from '@preact/signals'
import { limits } from '../../../worker/contract/limits.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { bansOf } from '../core/bans.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { BanLength, untilAfter } from '../ui/BanLength.tsx'

/** Bans the author of the comment in hand from its site, for a time or for good. */
export function BanAuthor({ item, done }: { item: QueueItem; done: () => void }) {
  const bans = use(bansOf)
  const days = useSignal(7)
  const reason = useSignal('')
  const w = words().ban

  async function submit(event: Event) {
    event.preventDefault()
    const ban = {
      siteId: item.site.id,
      kind: 'author' as const,
      value: item.author.id,
      ...untilAfter(days.value),
      ...(reason.value.trim() && { reason: reason.value.trim() }),
    }
    if (await bans.add(ban, item.author.name)) done()
  }

  return (
    <form class="stack" onSubmit={submit} aria-label={formatMessage(w.title, { name: item.author.name })}>
      <BanLength days={days} />
      <label>
        <span>{w.reason}</span>
        <input
          type="text"
          dir="auto"
          maxLength={limits.reason}
          value={reason.value}
          onInput={(event) => {
            reason.value = event.currentTarget.value
          }}
        />
      </label>
      <button type="submit" disabled={bans.busy.value}>
        {w.add}
      </button>
    </form>
  )
}
