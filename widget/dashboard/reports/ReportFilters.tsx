import { flagReasons } from '../../../worker/contract/flagReasons.ts'
import { capital } from '../core/findings.ts'
import { sitesInMenus } from '../core/sites.ts'
import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'

/** Of which site, for which reason and in which order reports are listed. */
export function ReportFilters() {
  const { place, session } = useDesk()
  const { site, reason, order } = place.here.value
  const w = words('reports')
  const { told } = words()
  const sites = sitesInMenus(session.session.value, site)
  const set = (name: 'site' | 'reason' | 'order') => (event: { currentTarget: { value: string } }) =>
    place.go({ [name]: event.currentTarget.value })
  return (
    <div class="log-filters">
      {sites.length > 1 && (
        <label class="choice">
          <span>{words().site}</span>
          <select value={site} onChange={set('site')}>
            <option value="">{words().allSites}</option>
            {sites.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="choice">
        <span>{w.reason}</span>
        <select value={reason} onChange={set('reason')}>
          <option value="">{w.anyReason}</option>
          {flagReasons.map((one) => (
            <option key={one} value={one}>
              {capital(told.reasons[one])}
            </option>
          ))}
        </select>
      </label>
      <label class="choice">
        <span>{w.order}</span>
        <select value={order} onChange={set('order')}>
          <option value="">{w.latest}</option>
          <option value="most">{w.most}</option>
        </select>
      </label>
    </div>
  )
}
