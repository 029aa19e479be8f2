import type { Form } from './form.ts'

/** Unsaved changes of a site's settings, so far as they are kept. */
const store = (site: string) => `hankyo.dashboard.settings.${site}`

/** What was changed and not saved, here before. */
export function keptChanges(site: string): Partial<Form> {
  try {
    const kept = JSON.parse(localStorage.getItem(store(site)) ?? '{}')
    return typeof kept === 'object' && kept ? kept : {}
  } catch {
    return {}
  }
}

/** Keeps changes until they are saved or given up. */
export function keepChanges(site: string, changes: Partial<Form>) {
  try {
    if (Object.keys(changes).length) localStorage.setItem(store(site), JSON.stringify(changes))
    else localStorage.removeItem(store(site))
  } catch {
    // Storage is refused: they last as long as the page.
  }
}
