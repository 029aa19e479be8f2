import type { Powers } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import type { ImportView } from '../contract/imports.ts'
import type { Page } from '../contract/page.ts'
import { Refusal } from '../http/refusal.ts'
import { everyDatabase } from '../store/database.ts'
import * as imports from '../store/imports.ts'
import { importView } from './importView.ts'

/** Imports of a page. */
const listed = 20

/**
 * Imports of some sites, the latest first.
 *
 * @param siteIds null for all that the database has
 * @param before the number of the last one that is known
 */
export async function importsPage(
  { db }: World,
  { siteIds, before }: { siteIds: string[] | null; before: number | null },
): Promise<Page<ImportView>> {
  const rows = await imports.list(db, siteIds, { before, limit: listed + 1 })
  const shown = rows.slice(0, listed)
  const last = shown.at(-1)
  return { items: shown.map(importView), next: rows.length > listed && last ? String(last.number) : null }
}

/** An import, where it is somebody's to know of, in the database that has it. @throws Refusal `not_found` */
export async function importOf(
  { env }: Pick<World, 'env'>,
  { sites }: Powers,
  id: string,
): Promise<{ found: imports.ImportRow; db: World['db'] }> {
  const all = await Promise.all(
    everyDatabase(env).map(async (db) => ({ db, found: await imports.find(db, id) })),
  )
  const known = all.find(({ found }) => found !== null)
  if (!known?.found || !(sites === '*' || sites.includes(known.found.siteId))) throw new Refusal('not_found')
  return { found: known.found, db: known.db }
}
