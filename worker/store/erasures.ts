import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { AuthorEvent } from '../contract/authorEvents.ts'
import { erasureSlice } from '../contract/erasures.ts'
import { all, batch, over, sql } from './database.ts'
import { type Actor, type Subject, type SubjectRow, subjectColumns, subjectOf } from './decidedComments.ts'
import { recordEvents } from './events.ts'
import { isImported } from './importedKey.ts'
import { isWhole } from './restores.ts'
import { notStaff } from './staffAuthors.ts'

/** An author of a person on a site, with their erasure where there is one. */
export interface PartRow {
  authorId: number
  publicId: string
  tokenHash: string
  siteId: string
  siteName: string
  /** Comments that have words, as far as they were counted. */
  comments: number
  erasure: ErasureRow | null
}

/** The erasure of an author of a site. */
export interface ErasureRow {
  /** Of all that is erased with it. */
  id: string
  actor: Actor
  /** Milliseconds since the epoch. */
  beganAt: number
  total: number
  erased: number
  /** The last comment that was looked at. */
  place: { at: number; seq: number }
  endedAt: number | null
}

type Read = Omit<PartRow, 'erasure'> & { erasure: string | null }

const columns = (most: string) => `a.id AS authorId, a.public_id AS publicId, a.token_hash AS tokenHash,
  a.site_id AS siteId, s.name AS siteName,
  (SELECT count(*) FROM (SELECT 1 FROM comments INDEXED BY comments_author
    WHERE author_id = a.id AND erased = 0 LIMIT ${most})) AS comments,
  iif(e.id IS NULL, NULL, json_object('id', e.id, 'beganAt', e.began_at, 'total', e.total, 'erased', e.erased,
    'actor', json_object('kind', e.actor_kind, 'id', e.actor_id, 'name', e.actor_name),
    'place', json_object('at', e.place_at, 'seq', e.place_seq), 'endedAt', e.ended_at)) AS erasure`

const partOf = ({ erasure, ...row }: Read): PartRow => ({
  ...row,
  erasure: erasure === null ? null : JSON.parse(erasure),
})

/** An author by their public id; staff are none. @param most comments that are counted */
export const byAuthor = async (db: D1Database, publicId: string, most: number): Promise<PartRow | null> =>
  (await byAuthors(db, [publicId], most))[0] ?? null

/** The same of several. */
export async function byAuthors(db: D1Database, publicIds: string[], most: number): Promise<PartRow[]> {
  const rows = await all<Read>(
    sql(
      db,
      `SELECT ${columns('?1')} FROM json_each(?2) x CROSS JOIN authors a ON a.public_id = x.value
         JOIN sites s ON s.id = a.site_id LEFT JOIN erasures e ON e.author_id = a.id
       WHERE ${notStaff('a')}`,
      most,
      JSON.stringify(publicIds),
    ),
  )
  return rows.map(partOf)
}

/**
 * All authors that a person is: those of the tokens of some, and those that were erased together. An imported author is
 * nobody of another site.
 */
export async function ofPerson(db: D1Database, known: PartRow[], most: number): Promise<PartRow[]> {
  const rows = await all<Read>(
    sql(
      db,
      `SELECT ${columns('?1')} FROM (
         SELECT a.id FROM json_each(?2) x CROSS JOIN authors a ON a.token_hash = x.value ->> 'tokenHash'
           AND (a.site_id = x.value ->> 'siteId' OR NOT ${isImported('a')})
         UNION SELECT e.author_id FROM json_each(?2) x CROSS JOIN erasures e INDEXED BY erasures_whole
           ON e.id = x.value ->> 'erasure') o
         CROSS JOIN authors a ON a.id = o.id JOIN sites s ON s.id = a.site_id
         LEFT JOIN erasures e ON e.author_id = a.id
       ORDER BY s.name, s.id`,
      most,
      JSON.stringify(
        known.map(({ siteId, tokenHash, erasure }) => ({ siteId, tokenHash, erasure: erasure?.id ?? null })),
      ),
    ),
  )
  return rows.map(partOf)
}

/**
 * Begins the erasure of authors of a database, but of those that are being erased. It takes two statements.
 *
 * @param events what each part is told as, in their order
 */
export async function begin(
  db: D1Database,
  parts: PartRow[],
  { id, at }: { id: string; at: number },
  events: AuthorEvent[],
): Promise<void> {
  await batch(db, [
    over(
      db,
      parts.map(({ authorId, comments }, index) => {
        const { kind, id, name } = (events[index] as AuthorEvent).actor
        return { author: authorId, total: comments, kind, actor: id, name }
      }),
      `INSERT INTO erasures (author_id, id, actor_kind, actor_id, actor_name, began_at, total, worked_at)
         SELECT x.author, ?2, x.kind, x.actor, x.name, ?3, x.total, ?3 FROM x WHERE TRUE
         ON CONFLICT (author_id) DO UPDATE SET id = excluded.id, actor_kind = excluded.actor_kind,
           actor_id = excluded.actor_id, actor_name = excluded.actor_name, began_at = excluded.began_at,
           total = excluded.total, erased = 0, place_at = 0, place_seq = 0, worked_at = excluded.worked_at, ended_at = NULL
         WHERE erasures.ended_at IS NOT NULL`,
      ...[id, at],
    ),
    recordEvents(
      db,
      events.map((event, index) => ({ event, author: parts[index]?.authorId })),
      { text: 'EXISTS (SELECT 1 FROM erasures e WHERE e.author_id = x.author AND e.id = ?)', values: [id] },
    ),
  ])
}

/**
 * The comments that the next slice looks at, as a decision finds them, with the mail addresses that they were written by, and
 * where it goes on; null where no more come.
 */
export async function nextSlice(
  db: D1Database,
  { authorId, place }: { authorId: number; place: ErasureRow['place'] },
): Promise<{ found: Subject[]; addresses: string[]; next: ErasureRow['place'] | null }> {
  const rows = await all<SubjectRow & { createdAt: number; email: string | null }>(
    sql(
      db,
      `SELECT ${subjectColumns}, c.created_at AS createdAt, c.email
       FROM (SELECT * FROM comments INDEXED BY comments_author
         WHERE author_id = ?1 AND created_at >= ?2 AND (created_at > ?2 OR seq > ?3)
         ORDER BY created_at, seq LIMIT ${erasureSlice}) c LEFT JOIN decisions d ON d.id = c.decision_id
       ORDER BY c.created_at, c.seq`,
      authorId,
      place.at,
      place.seq,
    ),
  )
  const last = rows.length === erasureSlice ? rows.at(-1) : undefined
  return {
    addresses: [...new Set(rows.flatMap(({ email }) => email ?? []))],
    found: rows
      .map(({ createdAt, email, ...row }) => subjectOf(row as SubjectRow))
      .filter(({ erased }) => !erased),
    next: last ? { at: last.createdAt, seq: last.seq } : null,
  }
}

/** A statement that moves an erasure on; null begins again from the first comment. */
export const placing = (
  db: D1Database,
  authorId: number,
  { place, at }: { place: ErasureRow['place'] | null; at: number },
): D1PreparedStatement =>
  sql(
    db,
    'UPDATE erasures SET place_at = ?, place_seq = ?, worked_at = ? WHERE author_id = ?',
    place?.at ?? 0,
    place?.seq ?? 0,
    at,
    authorId,
  )

/**
 * Erasures that nobody has worked at since a time; they are taken as worked at now. Those on a site that is being put back wait
 * until all that names somebody is there.
 */
export const takeOverdue = (
  db: D1Database,
  { now, before }: { now: number; before: number },
): Promise<{ author: string; site: string }[]> =>
  all(
    sql(
      db,
      `UPDATE erasures SET worked_at = ?1 WHERE author_id IN (
         SELECT author_id FROM erasures INDEXED BY erasures_open WHERE ended_at IS NULL AND worked_at < ?2
           AND ${isWhole('(SELECT site_id FROM authors WHERE id = author_id)')} LIMIT 20)
       RETURNING (SELECT public_id FROM authors WHERE id = author_id) AS author,
         (SELECT site_id FROM authors WHERE id = author_id) AS site`,
      now,
      before,
    ),
  )
