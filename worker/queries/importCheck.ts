import type { World } from '../commands/world.ts'
import type { ImportCheck, ImportChecked } from '../contract/importChecks.ts'
import { idsOf, threadsBy } from '../store/importedSlices.ts'

/** What a site has already of what an import is to bring. */
export async function importCheck({ db }: World, { site, ids, keys }: ImportCheck): Promise<ImportChecked> {
  const [known, threads] = await Promise.all([idsOf(db, site, ids), threadsBy(db, site, keys)])
  return { known, threads }
}
