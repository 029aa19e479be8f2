import type { Site } from '../../../worker/contract/site.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { type Desk, use, useDesk } from '../desk.ts'
import { RecordList } from '../ui/RecordList.tsx'
import { records } from '../ui/records.ts'

/** The sites and the main of how they are set. */
export function Sites() {
  const { place } = useDesk()
  const sites = use(sitesOf)
  const w = words()
  return (
    <RecordList
      title={w.places.sites}
      note={words('sites').note}
      none={w.noSite}
      list={sites}
      row={(site) => (
        <li key={site.id} class="site">
          <h2>
            <bdi>{site.name}</bdi> <small class="quiet">{site.id}</small>
          </h2>
          <dl class="facts">
            {facts(site).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ))}
          </dl>
          <p class="site-links">
            <button
              type="button"
              class="plain"
              aria-label={formatMessage(w.settingsOf, { name: site.name })}
              onClick={() => place.go({ page: 'settings', site: site.id })}
            >
              {w.settings}
            </button>
            <button
              type="button"
              class="plain"
              onClick={() => place.go({ page: 'queue', tab: 'held', site: site.id })}
            >
              {words('sites').queue}
            </button>
          </p>
        </li>
      )}
    />
  )
}

function facts({ origins, locale, policy, settings }: Site): [string, string][] {
  const w = words('sites')
  const number = (value: number) => value.toLocaleString(tag())
  return [
    [w.origins, origins.join(', ')],
    [w.locale, locale],
    [w.policy, w.policies[policy]],
    [w.bodyLimit, number(settings.bodyLimit)],
    [w.editMinutes, number(settings.editMinutes)],
    [w.trustedAfter, number(settings.trustedAfter)],
    [w.maxLinks, number(settings.maxLinks)],
  ]
}

const sitesOf = ({ connection }: Desk) => records<Site>(connection, '/v1/sites')
