import { mostCounts } from '../../../worker/contract/countLimits.ts'
import type { Counts } from '../../../worker/contract/thread.ts'
import { exchange } from '../../common/api.ts'

const selector = '[data-hankyo-count]'
const asked = new WeakMap<HTMLElement, string>()

/**
 * Fills every `[data-hankyo-count]` of the page with the number of comments on the thread it names, one request
 * for all, unless it is filled already. Its site is the nearest `data-hankyo-site`, else that of the page's thread.
 */
export async function fillCounts(host: string): Promise<void> {
  const badges = new Map<string, Map<string, HTMLElement[]>>()
  for (const badge of document.querySelectorAll<HTMLElement>(selector)) {
    const key = badge.dataset.hankyoCount ?? ''
    const site =
      badge.closest<HTMLElement>('[data-hankyo-site]')?.dataset.hankyoSite ??
      document.querySelector('hankyo-thread')?.getAttribute('site')
    if (!site || !key || asked.get(badge) === key) continue
    asked.set(badge, key)
    const ofSite = badges.get(site) ?? new Map<string, HTMLElement[]>()
    badges.set(site, ofSite.set(key, [...(ofSite.get(key) ?? []), badge]))
  }
  const requests: Promise<void>[] = []
  for (const [site, ofSite] of badges) {
    const keys = [...ofSite.keys()]
    for (let from = 0; from < keys.length; from += mostCounts)
      requests.push(ask(host, site, keys.slice(from, from + mostCounts), ofSite))
  }
  await Promise.all(requests)
}

async function ask(host: string, site: string, keys: string[], badges: Map<string, HTMLElement[]>) {
  const query = new URLSearchParams(keys.map((key) => ['key', key]))
  try {
    const [{ counts }] = await exchange<Counts>(
      `${host}/v1/sites/${encodeURIComponent(site)}/counts?${query}`,
      { credentials: 'omit' },
    )
    for (const key of keys)
      for (const badge of badges.get(key) ?? [])
        if (badge.dataset.hankyoCount === key && counts[key] !== undefined)
          badge.textContent = String(counts[key])
  } catch {
    // A badge without its number stays as the page has it.
  }
}
