import './stats.css'
import type { SiteStats } from '../../../worker/contract/stats.ts'
import { sitesInMenus } from '../core/sites.ts'
import { words } from '../core/words.ts'
import { type Desk, use, useDesk } from '../desk.ts'
import { RecordList } from '../ui/RecordList.tsx'
import { records } from '../ui/records.ts'
import { Days } from './Days.tsx'
import { StatsOfSite } from './StatsOfSite.tsx'

/** How screening does, site by site. */
export function StatsPage() {
  const { session, place } = useDesk()
  const stats = use(statsOf)
  const w = words()
  const of = words('stats')
  const site = place.here.value.site
  const sites = session.session.value?.sites ?? []
  const offered = sitesInMenus(session.session.value, site)
  const names = new Map(sites.map(({ id, name }) => [id, name]))
  return (
    <RecordList
      key={site}
      title={w.places.stats}
      note={of.note}
      none={w.noSite}
      list={stats}
      query={site && `?site=${encodeURIComponent(site)}`}
      row={(item) => (
        <StatsOfSite key={item.siteId} stats={item} name={names.get(item.siteId) ?? item.siteId} />
      )}
    >
      {offered.length > 1 && (
        <label class="choice">
          <span>{w.site}</span>
          <select value={site} onChange={(event) => place.go({ site: event.currentTarget.value })}>
            <option value="">{w.allSites}</option>
            {offered.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <Days />
    </RecordList>
  )
}

const statsOf = ({ connection }: Desk) => records<SiteStats>(connection, '/v1/stats')
