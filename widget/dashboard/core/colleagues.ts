import { signal } from '@preact/signals'
import type { Colleague } from '../../../worker/contract/notes.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Desk } from '../desk.ts'

/** The staff of each site, whom notes can name; asked for once, when a name is begun. */
export function colleaguesOf({ connection }: Desk) {
  const known = signal<ReadonlyMap<string, Colleague[]>>(new Map())
  const asked = new Set<string>()
  return {
    known,
    async look(siteId: string) {
      if (asked.has(siteId)) return
      asked.add(siteId)
      try {
        const path = `/v1/sites/${encodeURIComponent(siteId)}/colleagues`
        const { data } = await connection.ask<Page<Colleague>>('GET', path)
        known.value = new Map(known.peek()).set(siteId, data.items)
      } catch {
        // Names can be typed as well; the next one asks again.
        asked.delete(siteId)
      }
    },
  }
}
