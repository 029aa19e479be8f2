import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'

/** The way on from a list of one site that could not be read, such as of a site that one has no longer: to all sites. */
export function EverySite() {
  const { place } = useDesk()
  if (!place.here.value.site) return null
  return (
    <button type="button" onClick={() => place.go({ site: '' })}>
      {words().allSites}
    </button>
  )
}
