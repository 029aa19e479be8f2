import { type Counts, limits } from '../../../worker/contract.ts'
import { exchange } from '../../common/api.ts'

/**
 * Fills every `[data-hankyo-count]` of the page with the number of comments on the thread it names.
 * Its site is the nearest `data-hankyo-site`, else that of the page's thread.
 */
export async function fillCounts(host: string): Promise<void> {
  const badges = new Map<string, HTMLElement[]>()
  for (const badge of document.querySelectorAll<HTMLElement>('[data-hankyo-count]')) {
    const site =
      badge.closest<HTMLElement>('[data-hankyo-site]')?.dataset.hankyoSite ??
      document.querySelector('hankyo-thread')?.getAttribute('site')
    if (site) badges.set(site, [...(badges.get(site) ?? []), badge])
  }
  for (const [site, all] of badges) {
    const keys = [...new Set(all.map((badge) => badge.dataset.hankyoCount as string))].slice(0, limits.counts)
    const query = new URLSearchParams(keys.map((key) => ['key', key]))
    const [data] = await exchange<Counts>(`${host}/v1/sites/${encodeURIComponent(site)}/counts?${query}`, {
      credentials: 'omit',
    })
    for (const badge of all) {
      const count = data.counts[badge.dataset.hankyoCount as string]
      if (count !== undefined) badge.textContent = String(count)
    }
  }
}
