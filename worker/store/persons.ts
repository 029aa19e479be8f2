import type { D1Database } from '@cloudflare/workers-types'
import type { Status } from '../contract/status.ts'
import { all, sql } from './database.ts'
import { isImported } from './importedKey.ts'
import { notStaff } from './staffAuthors.ts'

/** What authors have in common who are taken for one: the hash of a token. */
export interface Browser {
  tokenHash: string
  /** Where it is one of an import, the site that this was for; null where the token is known on every site. */
  siteId: string | null
}

/** An author who may be a person that is looked for. */
export interface FoundRow {
  /** Its number. */
  author: number
  publicId: string
  /** The place of its browser among those that were asked for. */
  browser: number
  siteId: string
  siteName: string
  notes: number
  flags: number
  subscriptions: number
  banned: number
  erasureBeganAt: number | null
  erasureEndedAt: number | null
}

/** Comments of an author that are alike in what names them. */
export interface SignedRow {
  author: number
  status: Status
  erased: number
  name: string
  email: string | null
  count: number
  appeals: number
  since: number
  until: number
}

/** Things of an author that are counted, at most. */
const mostCounted = 100

/**
 * The e-mail addresses in the latest comments of authors, in small letters.
 *
 * @param authors their numbers
 * @param bounds how many comments of each are looked at, and how many addresses are told
 */
export const addressesOf = (
  db: D1Database,
  authors: number[],
  { looked, most }: { looked: number; most: number },
): Promise<{ email: string }[]> =>
  all(
    sql(
      db,
      `SELECT DISTINCT lower(c.email) AS email FROM json_each(?1) x CROSS JOIN comments c ON c.seq IN (
         SELECT seq FROM comments INDEXED BY comments_author WHERE author_id = x.value
         ORDER BY created_at DESC, seq DESC LIMIT ?2)
       WHERE c.email IS NOT NULL LIMIT ?3`,
      JSON.stringify(authors),
      looked,
      most,
    ),
  )

/**
 * Numbers of authors who wrote with any of some e-mail addresses. It looks once at the index for each author, however much
 * they wrote, and at none of another site.
 *
 * @param emails in small letters
 * @param siteIds of these sites; null for all
 * @param most authors that are told
 */
export async function byAddresses(
  db: D1Database,
  emails: string[],
  { siteIds, most }: { siteIds: string[] | null; most: number },
): Promise<number[]> {
  const next = (beyond: string) => `(SELECT seq FROM comments INDEXED BY comments_email
    WHERE email IS NOT NULL AND ${beyond} ORDER BY site_id, author_id LIMIT 1)`
  const onSite = 'lower(email) = f.email AND site_id = p.site_id AND author_id > p.author_id'
  const [seeds, first, after] =
    siteIds === null
      ? [
          'json_each(?1) e',
          next('lower(email) = e.value'),
          // SQLite takes no range of an index by two columns together.
          `coalesce(${next(onSite)}, ${next('lower(email) = f.email AND site_id > p.site_id')})`,
        ]
      : [
          'json_each(?1) e CROSS JOIN json_each(?4) s',
          next('lower(email) = e.value AND site_id = s.value'),
          next(onSite),
        ]
  const rows = await all<{ id: number }>(
    sql(
      db,
      `WITH RECURSIVE f (email, seq) AS (
         SELECT e.value, ${first} FROM ${seeds}
         UNION ALL SELECT f.email, ${after} FROM f CROSS JOIN comments p ON p.seq = f.seq
         LIMIT ?2)
       SELECT DISTINCT c.author_id AS id FROM f CROSS JOIN comments c ON c.seq = f.seq WHERE f.seq IS NOT NULL LIMIT ?3`,
      JSON.stringify(emails),
      // Each walk ends with a line that has none.
      most + emails.length * (siteIds?.length ?? 1),
      most,
      ...(siteIds === null ? [] : [JSON.stringify(siteIds)]),
    ),
  )
  return rows.map(({ id }) => id)
}

/** What names authors of sites: their own public ids, or those of their comments. */
const named = {
  author:
    'SELECT a.id, a.site_id AS siteId FROM json_each(?) x CROSS JOIN authors a ON a.public_id = x.value',
  comment: `SELECT DISTINCT c.author_id AS id, c.site_id AS siteId FROM json_each(?) x
    CROSS JOIN comments c ON c.id = x.value`,
}

/** Numbers of authors by their ids or those of their comments. @param siteIds of these sites; null for all */
export async function byIds(
  db: D1Database,
  { of, ids, siteIds }: { of: keyof typeof named; ids: string[]; siteIds: string[] | null },
): Promise<number[]> {
  const rows = await all<{ id: number; siteId: string }>(sql(db, named[of], JSON.stringify(ids)))
  return rows.filter(({ siteId }) => siteIds === null || siteIds.includes(siteId)).map(({ id }) => id)
}

/** What some authors wrote with; staff have none. @param authors their numbers */
export const browsersOf = (db: D1Database, authors: number[]): Promise<Browser[]> =>
  all(
    sql(
      db,
      `SELECT DISTINCT a.token_hash AS tokenHash, iif(${isImported('a')}, a.site_id, NULL) AS siteId
       FROM json_each(?) x CROSS JOIN authors a ON a.id = x.value
       WHERE ${notStaff('a')}`,
      JSON.stringify(authors),
    ),
  )

/** All authors of some browsers, with what there is of each. @param siteIds of these sites; null for all */
export const byBrowsers = (
  db: D1Database,
  browsers: Browser[],
  siteIds: string[] | null,
): Promise<FoundRow[]> => {
  const counted = (from: string) => `(SELECT count(*) FROM (SELECT 1 FROM ${from} LIMIT ${mostCounted}))`
  return all(
    sql(
      db,
      `SELECT a.id AS author, a.public_id AS publicId, x.key AS browser, a.site_id AS siteId, s.name AS siteName,
         a.notes, e.began_at AS erasureBeganAt, e.ended_at AS erasureEndedAt,
         ${counted('flags INDEXED BY flags_of_reader WHERE site_id = a.site_id AND reader = a.token_hash')} AS flags,
         ${counted('subscriptions INDEXED BY subscriptions_reader WHERE reader = a.token_hash AND site_id = a.site_id')} AS subscriptions,
         EXISTS (SELECT 1 FROM bans INDEXED BY bans_standing
           WHERE site_id = a.site_id AND kind = 'author' AND value = a.public_id AND ended_at IS NULL) AS banned
       FROM json_each(?1) x CROSS JOIN authors a ON a.token_hash = x.value ->> 'tokenHash'
           AND (x.value ->> 'siteId' IS NULL OR a.site_id = x.value ->> 'siteId')
           AND ${siteIds === null ? 'TRUE' : 'a.site_id IN (SELECT value FROM json_each(?2))'}
         JOIN sites s ON s.id = a.site_id LEFT JOIN erasures e ON e.author_id = a.id
       WHERE ${notStaff('a')} ORDER BY s.name, s.id, a.id`,
      JSON.stringify(browsers),
      ...(siteIds === null ? [] : [JSON.stringify(siteIds)]),
    ),
  )
}

/** How authors signed their latest comments, and what became of these. @param looked comments of each that are looked at */
export const signedBy = (db: D1Database, authors: number[], looked: number): Promise<SignedRow[]> =>
  all(
    sql(
      db,
      `SELECT x.value AS author, c.status, c.erased, c.name, lower(c.email) AS email, count(*) AS count,
         count(c.appeal) AS appeals, min(c.created_at) AS since, max(c.created_at) AS until
       FROM json_each(?1) x CROSS JOIN comments c ON c.seq IN (
         SELECT seq FROM comments INDEXED BY comments_author WHERE author_id = x.value
         ORDER BY created_at DESC, seq DESC LIMIT ?2)
       GROUP BY 1, 2, 3, 4, 5`,
      JSON.stringify(authors),
      looked,
    ),
  )
