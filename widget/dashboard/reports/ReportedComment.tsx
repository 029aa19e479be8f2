import { useComputed } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { FlaggedComment } from '../../../worker/contract/flags.ts'
import { readableKey } from '../../../worker/contract/readableKey.ts'
import { historyOf, pageOfAuthor } from '../core/location.ts'
import { oneKey } from '../core/preferences.ts'
import { formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { Key } from '../ui/Key.tsx'
import { useLostFocus } from '../ui/lostFocus.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Reasons } from '../ui/Reasons.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible, VisibleContent } from '../ui/Visible.tsx'
import { ReportList } from './ReportList.tsx'
import { reportsOf } from './reports.ts'

/** A comment that was reported: its words, what readers said of it, and in hand what decides it. */
export function ReportedComment({ item }: { item: FlaggedComment }) {
  const { place, session } = useDesk()
  const reports = use(reportsOf)
  const { comment } = item
  const { id, author, thread, site, status } = comment
  const row = useRef<HTMLElement>(null)
  const inHand = useComputed(() => reports.item.value?.comment.id === id).value
  const choosing = inHand && reports.choosing.value
  const severalSites = !place.here.value.site && (session.session.value?.sites.length ?? 0) > 1
  const w = words()
  useLayoutEffect(() => {
    if (inHand && row.current) follow(row.current)
  }, [inHand])
  useLostFocus(() => (inHand ? row.current : null), item)

  return (
    <li class={`comment${inHand ? ' in-hand' : ''}`}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: focus takes it in hand as well */}
      <article
        ref={row}
        tabIndex={inHand ? 0 : -1}
        aria-current={inHand ? 'true' : undefined}
        aria-label={formatMessage(w.from, { name: author.name })}
        onFocusCapture={() => reports.take(id)}
        onClick={() => reports.take(id)}
      >
        <header>
          <bdi class="name">
            <PlaceLink to={pageOfAuthor(author.id)}>
              <Visible text={author.name} />
            </PlaceLink>
          </bdi>
          <span class="meta">
            {severalSites && (
              <>
                <bdi>{site.name}</bdi> ·{' '}
              </>
            )}
            {w.on}{' '}
            <bdi>
              <Visible text={thread.title || readableKey(thread.key)} />
            </bdi>
          </span>
          {status !== 'approved' && <span class={`status ${status}`}>{w.status[status]}</span>}
          <Time at={comment.createdAt} />
        </header>
        <div class={`body${inHand ? ' open all' : ''}`} dir="auto">
          <VisibleContent nodes={comment.content} />
        </div>
        <ReportList item={item} inHand={inHand} />
        {inHand && !choosing && <Acts item={item} />}
        {choosing && (
          <Reasons
            items={[comment]}
            refused="reject"
            confirm={(reason) => reports.decide(item, 'reject', reason)}
            cancel={() => {
              reports.choosing.value = false
              row.current?.focus()
            }}
          />
        )}
      </article>
    </li>
  )
}

const keys = { approve: 'a', reject: 'r', spam: 's', delete: 'd' } as const

/** What decides a reported comment, each act with its key in the queue. */
function Acts({ item }: { item: FlaggedComment }) {
  const reports = use(reportsOf)
  const w = words()
  return (
    <div class="actions">
      {(Object.keys(keys) as (keyof typeof keys)[]).map((action) => (
        <button
          key={action}
          type="button"
          class={action}
          aria-keyshortcuts={oneKey.value ? keys[action] : undefined}
          onClick={(event) => {
            event.stopPropagation()
            if (action === 'reject') reports.choosing.value = true
            else reports.decide(item, action)
          }}
        >
          {w.decide[action === 'approve' ? 'keep' : action]} <Key name={keys[action]} />
        </button>
      ))}
      <span class="all-of-it">
        <PlaceLink to={historyOf(item.comment.id)}>{words('reports').all}</PlaceLink> <Key name="h" />
      </span>
    </div>
  )
}

/** The focus goes with the hand, unless it is at work elsewhere. */
function follow(row: HTMLElement) {
  const at = document.activeElement
  const isFree =
    !at || at === document.body || at.id === 'main' || (at.closest('.comments') && !row.contains(at))
  if (isFree) row.focus({ preventScroll: true })
  row.scrollIntoView?.({ block: 'nearest' })
}
