import type { D1Database } from '@cloudflare/workers-types'
import { type Reason, type SavedAnswer, usualReasons } from '../contract/phrases.ts'
import { all, batch, changed, first, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'

/** What a site's own reasons are read from, in a query of its comments `c`; null where it has none. */
export const reasonsOfSite = '(SELECT p.reasons FROM phrases p WHERE p.site_id = c.site_id)'

/** Reasons as they are stored. */
export const reasonsIn = (stored: string | null): Reason[] =>
  stored === null ? usualReasons : (JSON.parse(stored) as Reason[])

/** The reasons for which a site refuses comments, with those that are retired. */
export async function reasons(db: D1Database, siteId: string): Promise<Reason[]> {
  const text = 'SELECT reasons FROM phrases WHERE site_id = ?'
  return reasonsIn((await first<{ reasons: string | null }>(sql(db, text, siteId)))?.reasons ?? null)
}

/** The reasons of those of some sites that have their own, by site. */
export async function ownReasons(db: D1Database, siteIds: string[]): Promise<Record<string, Reason[]>> {
  if (siteIds.length === 0) return {}
  const rows = await all<{ siteId: string; reasons: string }>(
    sql(
      db,
      `SELECT site_id AS siteId, reasons FROM phrases
       WHERE site_id IN (SELECT value FROM json_each(?)) AND reasons IS NOT NULL`,
      JSON.stringify([...new Set(siteIds)]),
    ),
  )
  return Object.fromEntries(rows.map(({ siteId, reasons }) => [siteId, reasonsIn(reasons)]))
}

/** The answers that a site's staff has saved. */
export async function answers(db: D1Database, siteId: string): Promise<SavedAnswer[]> {
  const text = 'SELECT answers FROM phrases WHERE site_id = ?'
  return JSON.parse((await first<{ answers: string }>(sql(db, text, siteId)))?.answers ?? '[]')
}

/** Puts a list in place of the one that a site has. Readers and the queue see new reasons at once. */
export async function replace(
  db: D1Database,
  {
    siteId,
    kind,
    list,
    count,
  }: { siteId: string; kind: 'reasons' | 'answers'; list: unknown[]; count: number },
  { actor, at }: { actor: Actor; at: number },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO phrases (site_id, ${kind}) VALUES (?, ?)
       ON CONFLICT (site_id) DO UPDATE SET ${kind} = excluded.${kind}`,
      siteId,
      JSON.stringify(list),
    ),
    recordEvent(db, { act: `${kind}.change`, at, actor, siteId, count }, changed),
    ...(kind === 'reasons'
      ? [sql(db, 'UPDATE tallies SET version = version + 1 WHERE site_id = ?', siteId)]
      : []),
  ])
}
