import type { World } from '../commands/world.ts'
import type { Ban, ListedBan } from '../contract/bans.ts'
import type { Page } from '../contract/page.ts'
import * as bans from '../store/banLists.ts'
import { keyOf, latestWords } from '../store/latestWords.ts'
import { excerpt } from './excerpt.ts'
import { perSite } from './perSite.ts'

const perPage = 50

/** How much of a comment a ban of its author shows, in characters. */
const shown = 80

interface Asked {
  /** Of these sites; null for all. */
  siteIds: string[] | null
  /** Where the page before ended. */
  after: bans.Place | null
  /** What is looked for, in every form that a ban may have; null for all bans. */
  search: { values: string[]; start: string } | null
}

/** A page of bans, the latest first. A search finds as many as a page holds. */
export async function bansPage({ db }: World, { siteIds, after, search }: Asked): Promise<Page<ListedBan>> {
  const limit = perPage + 1
  const read = (siteId: string | null) =>
    search ? bans.matching(db, { siteId, ...search, limit }) : bans.list(db, { siteId, after, limit })
  const order = (one: Ban, other: Ban) =>
    Date.parse(other.createdAt) - Date.parse(one.createdAt) || (one.id < other.id ? 1 : -1)
  const found = (await perSite(siteIds, read, { order, limit })).sort(order)
  const items = found.slice(0, perPage)
  const last = items.at(-1)
  const hasMore = !search && found.length > perPage
  return {
    items: await named(db, items),
    next: hasMore && last ? `${Date.parse(last.createdAt)}~${last.id}` : null,
  }
}

/** Bans with what their authors wrote last. */
async function named(db: World['db'], items: Ban[]): Promise<ListedBan[]> {
  const authorOf = ({ siteId, value }: Ban) => ({ siteId, author: value })
  const words = await latestWords(db, items.filter(({ kind }) => kind === 'author').map(authorOf))
  return items.map((ban) => {
    const latest = ban.kind === 'author' ? words.get(keyOf(authorOf(ban))) : undefined
    return { ...ban, author: latest ? { ...latest, excerpt: excerpt(latest.excerpt, shown) } : null }
  })
}
