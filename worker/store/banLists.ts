import type { D1Database } from '@cloudflare/workers-types'
import type { Ban } from '../contract/bans.ts'
import { type BanRow, banOf } from './bans.ts'
import { all, sql } from './database.ts'

/** A place in a list of bans: after the one that was made at a time and has an id. */
export interface Place {
  /** Milliseconds since the epoch. */
  createdAt: number
  id: string
}

/** Bans of a site, or (null) of all, from a place on, the latest first. */
export async function list(
  db: D1Database,
  { siteId, after, limit }: { siteId: string | null; after: Place | null; limit: number },
): Promise<Ban[]> {
  const rows = await all<BanRow>(
    sql(
      db,
      `SELECT * FROM bans INDEXED BY ${siteId === null ? 'bans_latest' : 'bans_latest_site'}
       WHERE ended_at IS NULL AND (created_at, id) < (?, ?) ${siteId === null ? '' : 'AND site_id = ?'}
       ORDER BY created_at DESC, id DESC LIMIT ?`,
      after?.createdAt ?? Number.MAX_SAFE_INTEGER,
      after?.id ?? '',
      ...(siteId === null ? [] : [siteId]),
      limit,
    ),
  )
  return rows.map(banOf)
}

/** Bans of some values, or whose value begins with a text, on a site or (null) on all: as many as `limit` of each. */
export async function matching(
  db: D1Database,
  { siteId, values, start, limit }: { siteId: string | null; values: string[]; start: string; limit: number },
): Promise<Ban[]> {
  const found = (where: string, ...bound: unknown[]) =>
    all<BanRow>(
      sql(
        db,
        `SELECT * FROM bans INDEXED BY ${siteId === null ? 'bans_value' : 'bans_standing'}
         WHERE ended_at IS NULL AND ${where} ${
           siteId === null ? '' : "AND site_id = ? AND kind IN ('author', 'address', 'domain')"
         } LIMIT ?`,
        ...bound,
        ...(siteId === null ? [] : [siteId]),
        limit,
      ),
    )
  const rows = await Promise.all([
    found('value IN (SELECT value FROM json_each(?))', JSON.stringify(values)),
    found('value >= ? AND value < ?', start, `${start}\u{10ffff}`),
  ])
  return Array.from(new Map(rows.flat().map((row) => [row.id, banOf(row)])).values())
}
