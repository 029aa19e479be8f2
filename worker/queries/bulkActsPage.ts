import type { Powers } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import type { BulkAct, BulkComment } from '../contract/bulkActs.ts'
import type { Page } from '../contract/page.ts'
import { Refusal } from '../http/refusal.ts'
import * as bans from '../store/bans.ts'
import { type BulkRow, find, latest } from '../store/bulkActs.ts'
import { commentsOf } from '../store/bulkSlices.ts'
import { everyDatabase } from '../store/database.ts'
import { bulkView } from './bulkView.ts'
import { excerpt } from './excerpt.ts'

/** Acts that are looked at for the list. */
const listed = 20

/** How much of a comment is shown, in characters. */
const shown = 80

/** Whether an act is of such sites alone as are somebody's. */
const isTheirs = ({ siteIds }: BulkRow, { sites }: Powers) =>
  sites === '*' || siteIds?.every((siteId) => sites.includes(siteId)) === true

/** The latest acts on many of somebody's sites. */
export async function bulkActsPage({ db }: World, powers: Powers): Promise<Page<BulkAct>> {
  const acts = (await latest(db, listed)).filter((act) => isTheirs(act, powers))
  const items = await Promise.all(acts.map(async (act) => bulkView(act, await banWith({ act, db }))))
  return { items, next: null }
}

/** An act on many, where it is somebody's to know of, in the database that has it. @throws Refusal `not_found` */
export async function bulkActOf(
  { env }: Pick<World, 'env'>,
  powers: Powers,
  id: string,
): Promise<{ act: BulkRow; db: World['db'] }> {
  const found = await Promise.all(
    everyDatabase(env).map(async (db) => {
      const act = await find(db, id)
      return act && { act, db }
    }),
  )
  const known = found.find((each) => each !== null)
  if (!known || !isTheirs(known.act, powers)) throw new Refusal('not_found')
  return known
}

/** An act as staff see it, with its ban. */
export const bulkActView = async (known: { act: BulkRow; db: World['db'] }): Promise<BulkAct> =>
  bulkView(known.act, await banWith(known))

const banWith = async ({ act, db }: { act: BulkRow; db: World['db'] }) =>
  act.banId === null ? null : bans.byId(db, act.banId)

/** The comments of one slice of an act, the latest slice first. @param cursor the number of the slice */
export async function bulkComments(
  { act, db }: { act: BulkRow; db: World['db'] },
  cursor: number | null,
): Promise<Page<BulkComment>> {
  const number = Math.min(cursor ?? act.slices, act.slices)
  const rows = await commentsOf(db, act.id, number)
  return {
    items: rows.map((row) => ({
      ...{ commentId: row.commentId, decisionId: row.decisionId, siteId: row.siteId },
      ...{ author: row.name, before: row.before, stands: row.stands === 1 },
      excerpt: row.erased === 1 ? null : excerpt(row.words, shown),
    })),
    next: number > 1 ? String(number - 1) : null,
  }
}
