import type { QueueItem } from '../../../worker/contract/queue.ts'
import { readableKey } from '../../../worker/contract/readableKey.ts'
import { historyOf } from '../core/location.ts'
import { words } from '../core/words.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'

/** Characters that a line shows of a comment. */
const shown = 280

/** One comment of an author: what became of it, how it begins, where and when. It leads to all there is about it. */
export function AuthorComment({ item }: { item: QueueItem }) {
  const { status, on } = words()
  const w = words('author')
  const letters = [...item.body.replace(/\s+/g, ' ')]
  const text = letters.length > shown ? `${letters.slice(0, shown).join('')}…` : letters.join('')
  return (
    <li>
      <div>
        <p dir="auto">
          <PlaceLink to={historyOf(item.id)}>{text ? <Visible text={text} /> : w.gone}</PlaceLink>
        </p>
        <p class="quiet">
          <span class={`status ${item.status}`}>{status[item.status]}</span> · {on}{' '}
          <bdi>
            <Visible text={item.thread.title || readableKey(item.thread.key)} />
          </bdi>{' '}
          · <Time at={item.createdAt} />
        </p>
      </div>
    </li>
  )
}
