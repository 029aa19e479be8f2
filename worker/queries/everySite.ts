import type { World } from '../commands/world.ts'
import type { Site } from '../contract/site.ts'
import { everyDatabase } from '../store/database.ts'
import * as sites from '../store/sites.ts'

/** Sites by id, whichever database holds them: some, or (null) all. */
export async function everySite({ env }: Pick<World, 'env'>, siteIds: string[] | null): Promise<Site[]> {
  const found = await Promise.all(everyDatabase(env).map((db) => sites.list(db, siteIds)))
  return found.flat().sort((one, other) => (one.id < other.id ? -1 : 1))
}
