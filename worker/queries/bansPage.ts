import type { World } from '../commands/world.ts'
import type { Ban } from '../contract/bans.ts'
import type { Page } from '../contract/page.ts'
import * as bans from '../store/bans.ts'
import { perSite } from './perSite.ts'

const perPage = 50

/** A page of the bans of some sites, or (null) of all, the latest first. @param after where the page before ended */
export async function bansPage(
  { db }: World,
  siteIds: string[] | null,
  after: bans.Place | null,
): Promise<Page<Ban>> {
  const limit = perPage + 1
  const found = await perSite(siteIds, (siteId) => bans.list(db, { siteId, after, limit }), {
    order: (one, other) =>
      Date.parse(other.createdAt) - Date.parse(one.createdAt) || (one.id < other.id ? 1 : -1),
    limit,
  })
  const items = found.slice(0, perPage)
  const last = items.at(-1)
  const next = found.length > perPage && last ? `${Date.parse(last.createdAt)}~${last.id}` : null
  return { items, next }
}
