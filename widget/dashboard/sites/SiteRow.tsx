import type { ListedSite } from '../../../worker/contract/site.ts'
import { nameOfLanguage } from '../core/languageNames.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Time } from '../ui/Time.tsx'
import { EmbedLines } from './EmbedLines.tsx'
import { RemoveSite } from './RemoveSite.tsx'
import { sitesOf } from './sites.ts'

/** A site: how it stands, the main of how it is set, and what can be done with it. */
export function SiteRow({ site }: { site: ListedSite }) {
  const sites = use(sitesOf)
  const { session, place } = useDesk()
  const isOwner = session.session.value?.moderator.role === 'owner'
  // Whose removal was begun has no pages any more.
  const isLeaving = site.origins.length === 0
  const isOpen = sites.embedding.value === site.id
  const w = words('sites')
  return (
    <li class="site">
      <h2>
        <bdi>{site.name}</bdi> <small class="quiet">{site.id}</small>
        {site.archivedAt && <span class="status">{w.archived}</span>}
      </h2>
      <dl class="facts">
        <div>
          <dt>{w.comments}</dt>
          <dd>
            {formatMessage(w.total, { count: site.counts.all })}
            {site.counts.held > 0 && (
              <>
                {' · '}
                <PlaceLink to={{ page: 'queue', tab: 'held', site: site.id }}>
                  {formatMessage(w.held, { count: site.counts.held })}
                </PlaceLink>
              </>
            )}
          </dd>
        </div>
        {facts(site).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
        {site.archivedAt && (
          <div>
            <dt>{w.archived}</dt>
            <dd>
              <Time at={site.archivedAt} />
              <span class="quiet"> · {w.archivedNote}</span>
            </dd>
          </div>
        )}
      </dl>
      <p class="site-links">
        <button
          type="button"
          class="plain"
          aria-label={formatMessage(words().settingsOf, { name: site.name })}
          onClick={() => place.go({ page: 'settings', site: site.id })}
        >
          {words().settings}
        </button>
        {!isLeaving && (
          <button
            type="button"
            class="plain"
            aria-expanded={isOpen}
            aria-label={formatMessage(w.linesOf, { name: site.name })}
            onClick={() => {
              sites.embedding.value = isOpen ? '' : site.id
            }}
          >
            {w.lines}
          </button>
        )}
        {isOwner && !isLeaving && (
          <button
            type="button"
            class="plain"
            aria-label={formatMessage(w.movedOf, { name: site.name })}
            onClick={() => place.go({ page: 'moves', site: site.id })}
          >
            {w.moved}
          </button>
        )}
        {isOwner && !isLeaving && (
          <button
            type="button"
            class="plain"
            aria-label={formatMessage(site.archivedAt ? w.restoreOf : w.archiveOf, { name: site.name })}
            onClick={() => sites.archive(site, !site.archivedAt)}
          >
            {site.archivedAt ? w.restore : w.archive}
          </button>
        )}
        {isOwner && <RemoveSite site={site} isLeaving={isLeaving} />}
      </p>
      {isOpen && !isLeaving && <EmbedLines site={site} />}
    </li>
  )
}

function facts({ origins, locale, policy, settings }: ListedSite): [string, string][] {
  const w = words('sites')
  const number = (value: number) => value.toLocaleString(tag())
  return [
    [w.origins, origins.join(', ')],
    [w.locale, nameOfLanguage(locale)],
    [w.policy, w.policies[policy]],
    [w.bodyLimit, number(settings.bodyLimit)],
    [w.editMinutes, number(settings.editMinutes)],
  ]
}
