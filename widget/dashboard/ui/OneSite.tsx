import { sitesInMenus } from '../core/sites.ts'
import { type Desk, useDesk } from '../desk.ts'

/** The site that a page of one site is about: the one in the address, or else the first. */
export const siteAt = ({ place, session }: Desk): string =>
  place.here.value.site || (sitesInMenus(session.session.value)[0]?.id ?? '')

/** Which site the page is about, where there are several. */
export function OneSite({ label }: { label: string }) {
  const desk = useDesk()
  const site = siteAt(desk)
  const sites = sitesInMenus(desk.session.session.value, site)
  if (sites.length < 2) return null
  return (
    <label class="choice">
      <span>{label}</span>
      <select value={site} onChange={(event) => desk.place.go({ site: event.currentTarget.value })}>
        {sites.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
