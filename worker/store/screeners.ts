import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Screener, ScreenerKind } from '../contract/screeners.ts'
import { all, batch, type Condition, changed, sql } from './database.ts'
import type { Actor } from './decidedComments.ts'
import { recordEvent } from './events.ts'

const minute = 60_000
const hour = 60 * minute

/** A screener as a site has configured it, secrets and all. */
export interface StoredScreener {
  kind: ScreenerKind
  config: unknown
  last: Screener['last']
}

interface Row {
  kind: ScreenerKind
  config: string
  last: string | null
}

export async function list(db: D1Database, siteId: string): Promise<StoredScreener[]> {
  const rows = await all<Row>(sql(db, 'SELECT kind, config, last FROM screeners WHERE site_id = ?', siteId))
  return rows.map(({ kind, config, last }) => ({
    kind,
    config: JSON.parse(config),
    last: lastOf(last),
  }))
}

function lastOf(text: string | null): Screener['last'] {
  if (text === null) return null
  const { at, answered, detail } = JSON.parse(text)
  return { at, answered, detail }
}

/** Holds where a site has one of some kinds asked. */
export const isAsked = (site: string, kinds: ScreenerKind[]): Condition => ({
  text: `EXISTS (SELECT 1 FROM screeners WHERE site_id = ${site} AND kind IN (SELECT value FROM json_each(?)))`,
  values: [JSON.stringify(kinds)],
})

interface Change {
  siteId: string
  kind: ScreenerKind
  /** Where it is asked, as the event tells it. */
  target: string
  actor: Actor
  /** Milliseconds since the epoch. */
  at: number
}

/** Has a screener asked from now on, as configured; it forgets what one of its kind said before. */
export async function set(db: D1Database, config: unknown, change: Change): Promise<void> {
  await batch(db, [
    sql(
      db,
      `INSERT INTO screeners (site_id, kind, config) VALUES (?, ?, ?)
       ON CONFLICT (site_id, kind) DO UPDATE SET config = excluded.config, last = NULL`,
      change.siteId,
      change.kind,
      JSON.stringify(config),
    ),
    recordEvent(db, { ...change, act: 'screener.set' }),
  ])
}

/** Has a screener asked no more; false when it was not. */
export async function remove(db: D1Database, change: Change): Promise<boolean> {
  const [removed] = await batch(db, [
    sql(db, 'DELETE FROM screeners WHERE site_id = ? AND kind = ?', change.siteId, change.kind),
    recordEvent(db, { ...change, act: 'screener.remove' }, changed),
  ])
  return removed?.meta.changes === 1
}

/**
 * Notes what screeners answered: when one begins or ceases to answer, and else to the hour. Of one that does not
 * answer it is noted when that is for another reason, and else to the minute. Nothing is noted of a text that was taken
 * back or changed meanwhile: an answer may quote it.
 *
 * @param about the comment that they were asked about
 * @param known the site's screeners as they were when they were asked
 */
export async function note(
  db: D1Database,
  { siteId, seq, revision }: { siteId: string; seq: number; revision: number },
  known: StoredScreener[],
  answers: { screener: ScreenerKind; outcome: string; reason: string }[],
  now: number,
): Promise<void> {
  const news = answers.flatMap(({ screener, outcome, reason }) => {
    const asked = known.find(({ kind }) => kind === screener)
    const answered = outcome !== 'unavailable'
    if (!asked || isKept(asked.last, answered, reason, now)) return []
    const last = { at: new Date(now).toISOString(), answered, detail: reason, comment: seq }
    return sql(
      db,
      `UPDATE screeners SET last = ? WHERE site_id = ? AND kind = ? AND config = ?
         AND EXISTS (SELECT 1 FROM comments WHERE seq = ? AND revision = ? AND erased = 0)`,
      JSON.stringify(last),
      siteId,
      screener,
      JSON.stringify(asked.config),
      seq,
      revision,
    )
  })
  if (news.length > 0) await batch(db, news)
}

/** A statement that forgets a comment's answer where it is the last one: a site's own webhook may quote the comment. */
export const forgettingAnswer = (
  db: D1Database,
  { seq, siteId }: { seq: number; siteId: string },
  condition: Condition,
): D1PreparedStatement =>
  forgettingAnswers(db, siteId, {
    text: `SELECT ? WHERE ${condition.text}`,
    values: [seq, ...condition.values],
  })

/** The same of some comments of a site, as a query of their `seq`. */
export const forgettingAnswers = (
  db: D1Database,
  siteId: string,
  { text, values }: Condition,
): D1PreparedStatement =>
  sql(
    db,
    `UPDATE screeners SET last = NULL WHERE site_id = ? AND kind = 'webhook' AND (last ->> 'comment' IN (${text})
       OR last ->> 'detail' IN (
         SELECT a.value ->> 'reason' FROM comments c, json_each(c.facts, '$.external') a WHERE c.seq IN (${text})))`,
    siteId,
    ...values,
    ...values,
  )

function isKept(last: Screener['last'], answered: boolean, reason: string, now: number): boolean {
  if (last?.answered !== answered) return false
  const age = now - Date.parse(last.at)
  return answered ? age < hour : last.detail === reason && age < minute
}
