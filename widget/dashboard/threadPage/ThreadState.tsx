import type { ComponentChildren } from 'preact'
import type { StaffThread } from '../../../worker/contract/staffThread.ts'
import { statuses } from '../../../worker/contract/status.ts'
import { unfiltered } from '../core/location.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Time } from '../ui/Time.tsx'

/** Whether a thread takes comments, how many it has in which state, and from when to when. */
export function ThreadState({ found }: { found: StaffThread }) {
  const { closed, closesAt, counts, most, firstAt, lastAt } = found
  const w = words('thread')
  const number = (count: number) => `${count.toLocaleString(tag())}${count >= most ? '+' : ''}`
  return (
    <dl class="facts author-facts">
      <Fact name={w.state}>
        {closed ? (
          <>
            <span class="status closed">{w.closed}</span> {w.since[closed.by]} <Time at={closed.at} />
          </>
        ) : (
          w.open
        )}
        {closesAt && (
          <span class="quiet">
            {' · '}
            {w.closes} <Time at={closesAt} absolute />
          </span>
        )}
      </Fact>
      {found.checked && <Fact name={w.checking}>{words('context').checked}</Fact>}
      <Fact name={w.comments}>
        {statuses
          .filter((status) => status === 'pending' || counts[status] > 0)
          .map((status, at) => (
            <span key={status}>
              {at > 0 && ' · '}
              {formatMessage(w.count, { count: number(counts[status]), status: words().status[status] })}
            </span>
          ))}{' '}
        <PlaceLink to={{ ...unfiltered, page: 'queue', tab: 'all', site: '', thread: String(found.id) }}>
          {w.showAll}
        </PlaceLink>
      </Fact>
      {firstAt && (
        <Fact name={w.first}>
          <Time at={firstAt} />
        </Fact>
      )}
      {lastAt && (
        <Fact name={w.last}>
          <Time at={lastAt} />
        </Fact>
      )}
      {/^https?:/i.test(found.url) && (
        <Fact name={w.page}>
          <a href={found.url} target="_blank" rel="noopener noreferrer">
            <bdi>{found.url}</bdi>
          </a>
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
