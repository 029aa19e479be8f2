import type { World } from '../commands/world.ts'
import type { Page } from '../contract/page.ts'
import { pageAddress } from '../contract/pageAddress.ts'
import { threadsPerPage } from '../contract/staffThread.ts'
import { Refusal } from '../http/refusal.ts'
import { threadsFrom } from '../store/siteComments.ts'
import * as sites from '../store/sites.ts'

/** Threads of a site by their keys, those after a key. @throws Refusal `unknown_site` */
export async function threadList(
  { db }: World,
  siteId: string,
  after: string,
): Promise<Page<{ id: number; key: string; url: string; title: string }>> {
  const [site, rows] = await Promise.all([
    sites.find(db, siteId),
    threadsFrom(db, siteId, { key: after, isIncluded: false, limit: threadsPerPage }),
  ])
  if (!site) throw new Refusal('unknown_site', { field: 'site' })
  return {
    items: rows.map(({ id, key, url, title }) => ({
      ...{ id, key, title },
      url: pageAddress(key, url, site.origins) ?? '',
    })),
    next: rows.length === threadsPerPage ? (rows.at(-1)?.key ?? null) : null,
  }
}
