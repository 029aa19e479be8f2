import type { StaffThread } from '../../../worker/contract/staffThread.ts'
import { historyOf, unfiltered } from '../core/location.ts'
import { formatMessage, words } from '../core/words.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Visible } from '../ui/Visible.tsx'
import type { Thread } from './thread.ts'

/** What stands above the other comments of a thread, and takes its place again; and where to choose more. */
export function PinnedComments({ thread, found }: { thread: Thread; found: StaffThread }) {
  const w = words('thread')
  return (
    <>
      <Pinned thread={thread} found={found} />
      <p>
        <PlaceLink to={{ ...unfiltered, page: 'queue', tab: 'all', site: '', thread: String(found.id) }}>
          {w.choosePinned}
        </PlaceLink>
      </p>
    </>
  )
}

function Pinned({ thread, found: { pinned } }: { thread: Thread; found: StaffThread }) {
  const w = words('thread')
  if (pinned.length === 0) return <p class="quiet">{w.nonePinned}</p>
  return (
    <ul class="records">
      {pinned.map(({ id, author, excerpt }) => (
        <li key={id}>
          <p dir="auto">
            <bdi class="name">
              <Visible text={author} />
            </bdi>
            {': '}
            <PlaceLink to={historyOf(id)}>
              <Visible text={excerpt} />
            </PlaceLink>
          </p>
          <button
            type="button"
            class="plain"
            aria-label={formatMessage(w.unpinOf, { name: author })}
            onClick={() => thread.unpin(id)}
          >
            {words('context').unpin}
          </button>
        </li>
      ))}
    </ul>
  )
}
