import { useEffect, useRef } from 'preact/hooks'
import { type Tab, tabs } from '../../worker/contract/queue.ts'
import { tag, words } from './core/words.ts'
import { useDesk } from './desk.ts'
import { pages } from './pages.ts'
import { PlaceLink } from './ui/PlaceLink.tsx'

/** Where one can go; on a phone the bar at the top. */
export function Places() {
  const desk = useDesk()
  const w = words()
  const owner = desk.session.session.value?.moderator.role === 'owner'
  const { page, tab } = desk.place.here.value
  const nav = useRef<HTMLElement>(null)
  // The counts, when they come, make the bar longer.
  const counts = page ? desk.queue.list.counts.value : null
  const reported = desk.queue.reported.value ?? undefined
  useEffect(() => showCurrent(nav.current), [page, tab, Boolean(counts)])
  const name = desk.session.session.value?.moderator.name ?? ''
  return (
    <header class="places">
      <p class="brand">
        <span lang="ja">反響</span> Hankyo
      </p>
      <nav ref={nav} aria-label={w.places.label}>
        <ul class="tabs">
          {tabs.map((tab) => (
            <li key={tab}>
              <PageLink to={{ page: 'queue', tab }} label={w.places[tab]} count={counts?.[tab]} />
            </li>
          ))}
        </ul>
        <ul class="side-pages">
          {pages.map((page) =>
            page.under !== undefined || (page.ownerOnly && !owner) ? null : (
              <li key={page.name}>
                <PageLink
                  to={{ page: page.name }}
                  label={w.places[page.name]}
                  count={page.name === 'reports' ? reported : undefined}
                  news={page.name === 'mentions' ? desk.mentions.unseen.value : 0}
                />
              </li>
            ),
          )}
        </ul>
      </nav>
      <div class="me">
        <button
          type="button"
          class="plain"
          onClick={() => {
            desk.help.value = true
          }}
        >
          {w.help}
        </button>
        <p>
          <PlaceLink to={{ page: 'account' }} current={page === 'account'}>
            <bdi>{name}</bdi>
          </PlaceLink>
        </p>
        <button type="button" class="plain" onClick={() => desk.session.signOut()}>
          {w.signOut}
        </button>
      </div>
    </header>
  )
}

/** Scrolls the bar of a phone so that the place one is at stands in its middle. */
function showCurrent(bar: HTMLElement | null) {
  const current = bar?.querySelector<HTMLElement>('[aria-current]')
  if (!bar || !current) return
  const [whole, part] = [bar.getBoundingClientRect(), current.getBoundingClientRect()]
  bar.scrollLeft += part.left + part.width / 2 - (whole.left + whole.width / 2)
}

interface PageLinkProps {
  to: { page: string; tab?: Tab }
  label: string
  count: number | undefined
  /** How much is new there. */
  news?: number
}

function PageLink(props: PageLinkProps) {
  const { place } = useDesk()
  const here = place.here.value
  const { page, tab } = props.to
  const { label, count } = props
  const at = pages.find(({ name }) => name === here.page)?.under ?? here.page
  const current = at === page && (tab === undefined || here.tab === tab)

  return (
    <PlaceLink to={props.to} current={current}>
      <span>{label}</span>
      {count !== undefined && <span class="count">{count.toLocaleString(tag())}</span>}
      {props.news ? <span class="count news">{props.news.toLocaleString(tag())}</span> : null}
    </PlaceLink>
  )
}
