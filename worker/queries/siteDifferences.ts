import type { SiteDifference } from '../contract/auditLog.ts'
import { defaultSettings } from '../contract/siteSettings.ts'

/** A site as an event of its change tells it. */
interface SiteState {
  settings?: Record<string, unknown>
  [field: string]: unknown
}

const plainFields = ['name', 'origins', 'locale', 'policy']

/** In which fields a site differs from what it was; null where that is not known. */
export function differences(before: string | null, after: SiteState): SiteDifference[] | null {
  if (before === null) return null
  const [was, is] = [flat(JSON.parse(before)), flat(after)]
  return Object.keys(is)
    .filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]))
    .map((field) => ({ field, before: was[field], after: is[field] }))
}

/** A site's fields and settings side by side: none of them has the name of another. */
export const flat = ({ settings, ...fields }: SiteState): Record<string, unknown> => ({
  ...Object.fromEntries(plainFields.map((name) => [name, fields[name]])),
  ...defaultSettings,
  ...settings,
})
