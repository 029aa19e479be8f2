import type { World } from '../commands/world.ts'
import type { Page } from '../contract/page.ts'
import type { ApiToken } from '../contract/tokens.ts'
import { iso } from '../store/database.ts'
import * as tokens from '../store/tokens.ts'
import { perSite } from './perSite.ts'

const perPage = 50

interface Asked {
  /** Of these sites; null for all and for the instance as a whole. */
  siteIds: string[] | null
  /** The token that asks; its use is noted once an hour, and it is in use now. */
  asking: string | null
  /** Where the page before ended. */
  after: tokens.Place | null
}

/** A page of API tokens, the latest first. */
export async function tokensPage(
  { db, now }: World,
  { siteIds, asking, after }: Asked,
): Promise<Page<ApiToken>> {
  const limit = perPage + 1
  const order = (one: ApiToken, other: ApiToken) =>
    Date.parse(other.createdAt) - Date.parse(one.createdAt) || (one.id < other.id ? 1 : -1)
  const found = await perSite(siteIds, (siteId) => tokens.list(db, { siteId, after, limit }), {
    order,
    limit,
  })
  const items = found
    .slice(0, perPage)
    .map((token) => (token.id === asking ? { ...token, lastUsedAt: iso(now) } : token))
  const last = items.at(-1)
  return { items, next: found.length > perPage && last ? `${Date.parse(last.createdAt)}~${last.id}` : null }
}
