import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Tab } from '../contract/queue.ts'
import { all, first, sql } from './database.ts'

/** Gives a value of a query its place: `?3`. */
export type Bound = (value: unknown) => string

/** Sites whose tallies are added up each time. Of more, a row of totals is kept. */
const mostAdded = 50

const columns = 'held, flagged, reported, appeals, spam, total, version'

/** The tallies of all sites, or none of them once there are totals. */
const unlessTotals = `(SELECT ${columns} FROM tallies LIMIT iif(EXISTS (SELECT 1 FROM totals), 0, -1))`

/** A statement that makes the totals once there are that many sites: from then on triggers keep them. */
export const makeTotals = (db: D1Database): D1PreparedStatement =>
  sql(
    db,
    `INSERT INTO totals (id, ${columns})
     SELECT 1, sum(held), sum(flagged), sum(reported), sum(appeals), sum(spam), sum(total), sum(version) FROM ${unlessTotals}
     HAVING count(*) > ${mostAdded}`,
  )

/** What the tabs of some sites, or of all, count. */
export interface Tallies extends Record<Tab, number> {
  /** Comments with flags that nobody has answered. */
  reported: number
  /** It changes with anything the queue shows. */
  version: number
}

/** What is counted of some sites, or of all. */
export async function tallies(db: D1Database, siteIds: string[] | null): Promise<Tallies> {
  const values: unknown[] = []
  const text = tallyOf(
    `coalesce(sum(held), 0) AS held, coalesce(sum(flagged), 0) AS flagged, coalesce(sum(reported), 0) AS reported, coalesce(sum(appeals), 0) AS appeals,
       coalesce(sum(spam), 0) AS spam, coalesce(sum(total), 0) AS "all", coalesce(sum(version), 0) AS version`,
    siteIds,
    (value) => `?${values.push(value)}`,
  )
  const row = await first<Tallies>(sql(db, text, ...values))
  return row ?? { held: 0, flagged: 0, reported: 0, appeals: 0, spam: 0, all: 0, version: 0 }
}

/** What a site's comments are counted by. */
export type SiteCounts = Record<'all' | 'held' | 'flagged' | 'spam', number>

/** Of a site that has none. */
export const none: SiteCounts = { all: 0, held: 0, flagged: 0, spam: 0 }

/** What some sites hold, or (null) all, by site. */
export async function bySite(db: D1Database, siteIds: string[] | null): Promise<Map<string, SiteCounts>> {
  const some = siteIds ? 'WHERE site_id IN (SELECT value FROM json_each(?))' : ''
  const rows = await all<SiteCounts & { siteId: string }>(
    sql(
      db,
      `SELECT site_id AS siteId, total AS "all", held, flagged, spam FROM tallies ${some}`,
      ...(siteIds ? [JSON.stringify(siteIds)] : []),
    ),
  )
  return new Map(rows.map(({ siteId, ...counts }) => [siteId, counts]))
}

/** A query of that version alone. */
export const versionOf = (siteIds: string[] | null, bound: Bound) =>
  tallyOf('coalesce(sum(version), 0)', siteIds, bound)

const tallyOf = (what: string, siteIds: string[] | null, bound: Bound) =>
  siteIds
    ? `SELECT ${what} FROM tallies WHERE site_id IN (SELECT value FROM json_each(${bound(JSON.stringify(siteIds))}))`
    : `SELECT ${what} FROM (SELECT ${columns} FROM totals UNION ALL SELECT * FROM ${unlessTotals})`
