import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { readSettings, type SiteSettings } from '../contract/siteSettings.ts'
import { all, batch, first, sql } from './database.ts'
import { isImported } from './importedKey.ts'
import { scrubbing } from './scrubbing.ts'
import { versionSize } from './sizes.ts'

/** A site that is to be looked at. */
export interface Due {
  siteId: string
  settings: SiteSettings
}

/** Sites whose fields are to be looked at, the longest due first. @param now milliseconds since the epoch */
export async function due(db: D1Database, now: number, limit: number): Promise<Due[]> {
  const rows = await all<{ siteId: string; settings: string }>(
    sql(
      db,
      `SELECT t.site_id AS siteId, s.settings FROM tallies t INDEXED BY tallies_fields
         CROSS JOIN sites s ON s.id = t.site_id
       WHERE t.fields_at <= ? ORDER BY t.fields_at LIMIT ?`,
      now,
      limit,
    ),
  )
  return rows.map(({ siteId, settings }) => ({ siteId, settings: readSettings(settings) }))
}

/** From what time on a site keeps something, in milliseconds since the epoch. */
export type Term = [siteId: string, from: number]

/** The terms of some sites, as a table. */
const terms = 'json_each(?1) s'
const site = 's.value ->> 0'
const from = 's.value ->> 1'

/** What no comment needs: not the text that readers see, and none as long as an appeal waits for an answer. */
const unneeded = "r.revision IS NOT c.shown_revision AND c.appeal_state IS NOT 'open'"

/**
 * What is older than the terms (`?1`) of some sites, as queries of no more than so many (`?2`). What was brought here is
 * kept since its import last worked.
 */
const old = {
  emailDays: `SELECT c.seq FROM ${terms} CROSS JOIN comments c INDEXED BY comments_email_age
      WHERE c.site_id = ${site} AND c.email IS NOT NULL AND coalesce(c.import_number, 0) = 0 AND c.created_at < ${from}
    UNION ALL SELECT c.seq FROM ${terms}
      CROSS JOIN imports i INDEXED BY imports_site ON i.site_id = ${site} AND i.worked_at < ${from}
      CROSS JOIN comments c INDEXED BY comments_email_age
      WHERE c.site_id = ${site} AND c.email IS NOT NULL AND coalesce(c.import_number, 0) = i.number
    LIMIT ?2`,
  formerTextDays: `SELECT r.comment_seq, r.revision FROM ${terms}
      CROSS JOIN revisions r INDEXED BY revisions_age ON r.site_id = ${site} AND r.replaced_at < ${from}
      CROSS JOIN comments c ON c.seq = r.comment_seq
    WHERE ${unneeded} LIMIT ?2`,
  noteDays: `SELECT n.id FROM ${terms}
    CROSS JOIN notes n INDEXED BY notes_age ON n.site_id = ${site} AND n.created_at < ${from} LIMIT ?2`,
  deliveryDays: `SELECT d.id FROM ${terms}
    CROSS JOIN deliveries d INDEXED BY deliveries_age ON d.site_id = ${site} AND d.delivered_at < ${from} LIMIT ?2`,
  givenUp: `SELECT o.id FROM ${terms}
      CROSS JOIN outbox o INDEXED BY outbox_site_dead ON o.site_id = ${site} AND o.dead_at < ${from}
    WHERE o.dead_at IS NOT NULL LIMIT ?2`,
} as const

/** What is kept for a time, besides comments. */
export type Field = keyof typeof old
export const fields = Object.keys(old) as Field[]

/** How much of a field is older than some terms, as far as it is counted. */
export async function countOld(db: D1Database, field: Field, terms: Term[], limit: number): Promise<number> {
  const row = await first<{ count: number }>(
    sql(db, `SELECT count(*) AS count FROM (${old[field]})`, JSON.stringify(terms), limit),
  )
  return row?.count ?? 0
}

/** How the old of each field is forgotten. */
const forgetting: Record<Field, string> = {
  emailDays: `UPDATE comments SET email = NULL WHERE seq IN (${old.emailDays})`,
  formerTextDays: `DELETE FROM revisions WHERE (comment_seq, revision) IN (${old.formerTextDays})`,
  noteDays: `DELETE FROM notes WHERE id IN (${old.noteDays})`,
  deliveryDays: `DELETE FROM deliveries WHERE id IN (${old.deliveryDays})`,
  givenUp: `DELETE FROM outbox WHERE id IN (${old.givenUp})`,
}

/** The bytes by site that comments take less without it. */
const sizes: Partial<Record<Field, string>> = {
  emailDays: `SELECT c.site_id, sum(octet_length(c.email)) AS bytes FROM comments c
    WHERE c.seq IN (${old.emailDays}) GROUP BY 1`,
  formerTextDays: `SELECT r.site_id, sum(octet_length(r.body) + octet_length(r.content) + ${versionSize([])}) AS bytes
    FROM revisions r WHERE (r.comment_seq, r.revision) IN (${old.formerTextDays}) GROUP BY 1`,
}

/** So many of an author's latest comments are compared with one whose address goes: the latest keeps its own for longest. */
const compared = 100

/**
 * Notes which browsers wrote with several addresses before one is forgotten. What is left of it would look like one
 * person's, who could then read and erase the other's comments.
 */
const noteSeveral = `UPDATE authors SET several_addresses = 1 WHERE id IN (
  SELECT a.id FROM (SELECT c.author_id, min(lower(c.email)) AS email, max(lower(c.email)) AS other FROM comments c
      WHERE c.seq IN (${old.emailDays}) GROUP BY 1) g
    CROSS JOIN authors a ON a.id = g.author_id
  WHERE NOT a.several_addresses AND (g.other <> g.email OR EXISTS (
    SELECT 1 FROM authors b
    WHERE b.token_hash = a.token_hash AND (b.site_id = a.site_id OR NOT ${isImported('a')})
      AND EXISTS (SELECT 1 FROM (SELECT email FROM comments INDEXED BY comments_author WHERE author_id = b.id
        ORDER BY created_at DESC, seq DESC LIMIT ${compared})
      WHERE email IS NOT NULL AND lower(email) <> g.email))))`

/** What is noted before each field is forgotten. */
const noting: Partial<Record<Field, string>> = { emailDays: noteSeveral }

/** What the parts of the file that became free may still hold, and must not. */
const isScrubbed: Record<Field, boolean> = {
  ...{ emailDays: true, formerTextDays: true, noteDays: true },
  ...{ deliveryDays: false, givenUp: false },
}

/**
 * Forgets what is older than the terms of some sites, in two round trips. The sites are looked at again the next day,
 * or in the next run where more may be left.
 *
 * @param options.limit how much goes of each field
 * @param options.at milliseconds since the epoch
 */
export async function forget(
  db: D1Database,
  byField: Record<Field, Term[]>,
  { sites, limit, at }: { sites: string[]; limit: number; at: number },
): Promise<void> {
  const given = fields.filter((field) => byField[field].length > 0)
  const statements = given.map((field) =>
    forgettingOf(db, field, [JSON.stringify(byField[field]), limit], at),
  )
  const results = given.length > 0 ? await batch(db, statements.flat()) : []
  const isFull = results.some(({ meta }) => meta.changes >= limit)
  await batch(db, [
    sql(
      db,
      'UPDATE tallies SET fields_at = ? WHERE site_id IN (SELECT value FROM json_each(?))',
      isFull ? at : at + day,
      JSON.stringify(sites),
    ),
  ])
}

const forgettingOf = (
  db: D1Database,
  field: Field,
  values: [terms: string, limit: number],
  at: number,
): D1PreparedStatement[] => {
  const size = sizes[field]
  const note = noting[field]
  const uncounting = `UPDATE tallies SET bytes = tallies.bytes - o.bytes FROM (${size}) o
    WHERE tallies.site_id = o.site_id`
  return [
    ...(note ? [sql(db, note, ...values)] : []),
    ...(size ? [sql(db, uncounting, ...values)] : []),
    sql(db, forgetting[field], ...values),
    ...(isScrubbed[field] ? [scrubbing(db, at, { text: 'changes() > 0', values: [] })] : []),
  ]
}

const day = 86_400_000
