import type { World } from '../commands/world.ts'
import type { ListedSite } from '../contract/site.ts'
import { everyDatabase } from '../store/database.ts'
import * as sites from '../store/sites.ts'
import * as tallies from '../store/tallies.ts'

/** Sites by id with what they hold, whichever database they are in: some, or (null) all. */
export async function sitesPage(
  { env }: Pick<World, 'env'>,
  siteIds: string[] | null,
): Promise<ListedSite[]> {
  const found = await Promise.all(
    everyDatabase(env).map(async (db) => {
      const [listed, counts] = await Promise.all([sites.list(db, siteIds), tallies.bySite(db, siteIds)])
      return listed.map((site) => ({ ...site, counts: counts.get(site.id) ?? tallies.none }))
    }),
  )
  return found.flat().sort((one, other) => (one.id < other.id ? -1 : 1))
}
