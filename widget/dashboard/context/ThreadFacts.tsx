import type { QueueItem } from '../../../worker/contract/queue.ts'
import { readableKey } from '../../../worker/contract/readableKey.ts'
import { pageOfThread, unfiltered } from '../core/location.ts'
import { isPinnable } from '../core/pinning.ts'
import { words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { pinsOf } from '../queue/pins.ts'
import { Key } from '../ui/Key.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'
import { TitleField } from './TitleField.tsx'
import { threadsOf } from './threads.ts'
import { writeThere } from './voices.ts'

/** The thread of a comment: its page, its other comments, closing it, having all of it checked. */
export function ThreadFacts({ item }: { item: QueueItem }) {
  const desk = useDesk()
  const pins = use(pinsOf)
  const threads = use(threadsOf)
  const { thread } = item
  const w = words('context')

  function showThread() {
    desk.queue.list.cursor.detailed.value = false
    desk.place.go({ ...unfiltered, tab: 'all', thread: String(thread.id) })
  }

  function showPage() {
    desk.queue.list.cursor.detailed.value = false
    desk.place.go(pageOfThread(thread.id))
  }

  return (
    <section>
      <h3>{w.thread}</h3>
      <p>
        <bdi>
          <Visible text={thread.title || readableKey(thread.key)} />
        </bdi>
      </p>
      {thread.closed && (
        <p class="quiet">
          {w.closed} <Time at={thread.closed} />
        </p>
      )}
      {thread.checked && <p class="quiet">{w.checked}</p>}
      <TitleField key={`${thread.id} ${thread.givenTitle}`} thread={thread} />
      <ul class="links">
        {/^https?:/i.test(thread.url) && (
          <li>
            <a href={thread.url} target="_blank" rel="noopener noreferrer">
              {w.open}
            </a>
          </li>
        )}
        {/^https?:/i.test(thread.url) && (
          <li>
            <button type="button" class="plain" onClick={() => writeThere(desk, item)}>
              {w.voice}
            </button>
          </li>
        )}
        <li>
          <button type="button" class="plain" onClick={showPage}>
            {w.aboutThread}
          </button>
        </li>
        <li>
          <button type="button" class="plain" onClick={showThread}>
            {w.threadAll}
          </button>
        </li>
        {isPinnable(item) && (
          <li>
            <button type="button" class="plain" onClick={() => pins.toggle(item)}>
              {item.pinned ? w.unpin : w.pin} <Key name="p" />
            </button>
          </li>
        )}
        <li>
          <button type="button" class="plain" onClick={() => threads.toggle(item, 'closure')}>
            {thread.closed ? w.reopen : w.close}
          </button>
        </li>
        <li>
          <button type="button" class="plain" onClick={() => threads.toggle(item, 'check')}>
            {thread.checked ? w.uncheck : w.check}
          </button>
        </li>
      </ul>
    </section>
  )
}
