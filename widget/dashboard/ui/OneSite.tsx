import { sitesInMenus } from '../core/sites.ts'
import { type Desk, useDesk } from '../desk.ts'

/** The site that a page of one site is about: the one in the address, or else the first. */
export const siteAt = ({ place, session }: Desk): string =>
  place.here.value.site || (sitesInMenus(session.session.value)[0]?.id ?? '')

interface Props {
  label: string
  /** What the page has besides, of no site, where it has such: its name, its place, and whether that is this one. */
  siteless?: { name: string; of: string; isHere: boolean } | null
}

/** Which site the page is about, where there is a choice. */
export function OneSite({ label, siteless }: Props) {
  const desk = useDesk()
  const site = siteAt(desk)
  const sites = sitesInMenus(desk.session.session.value, site)
  if (sites.length + (siteless ? 1 : 0) < 2) return null
  return (
    <label class="choice">
      <span>{label}</span>
      <select
        value={siteless?.isHere ? '' : site}
        onChange={({ currentTarget: { value } }) =>
          desk.place.go(value ? { site: value, of: '' } : { of: siteless?.of ?? '' })
        }
      >
        {sites.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {siteless && <option value="">{siteless.name}</option>}
      </select>
    </label>
  )
}
