import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { batch, type Condition, over, sql } from './database.ts'
import { hasText } from './likeness.ts'

export type Label = 'fine' | 'spam' | 'refused'

/** The statements that have the learner look at the standing decisions of comments `x`, when the condition holds. */
export function untaught(
  db: D1Database,
  comments: ({ seq: number; site: string; since: number } & Record<string, unknown>)[],
  { text, values }: Condition,
): D1PreparedStatement[] {
  if (comments.length === 0) return []
  const insertion = `INSERT INTO untaught (comment_seq, site_id, since)
    SELECT x.seq, x.site, x.since FROM x WHERE ${text}
    ON CONFLICT (comment_seq) DO UPDATE SET since = max(excluded.since, since + 1)`
  return [over(db, comments, insertion, ...values)]
}

/** What becomes of a comment's lesson; null takes it away. */
export interface Change {
  seq: number
  since: number
  lesson: { label: Label; authorId: number; address: string | null; alike: number[]; bodyHash: string } | null
}

/** Lessons that one author, one address and day, or texts nearly alike may have in a model, of one label. */
export const mostOfGroup = 20

/** A lesson, without what its text says. */
export interface Taught {
  seq: number
  label: Label
  author: number
  source: number | null
  cluster: number
}

/** A lesson with its comment's text and byline. */
export interface Told extends Taught {
  body: string
  name: string
  url: string | null
}

/**
 * Adds, changes and removes lessons. Cluster and source are those of the first lesson alike. What was decided again
 * in the meantime stays as it is. Their comments wait on, until `putPacks` has noted what changed.
 *
 * @returns the lessons that these comments have now and a model may be made of
 */
export async function teach(db: D1Database, siteId: string, changes: Change[]): Promise<Taught[]> {
  const seqs = JSON.stringify(changes.map(({ seq, since }) => ({ seq, since })))
  const results = await batch<Taught>(db, [
    sql(db, 'INSERT OR IGNORE INTO learners (site_id) VALUES (?)', siteId),
    sql(
      db,
      `DELETE FROM lessons WHERE site_id = ?1 AND comment_seq IN (
         SELECT u.comment_seq FROM json_each(?2) j
           CROSS JOIN untaught u ON u.comment_seq = j.value ->> 'seq' AND u.since = j.value ->> 'since')`,
      siteId,
      seqs,
    ),
    ...changes.flatMap(({ seq, since, lesson }) =>
      lesson ? [adding(db, siteId, { seq, since }, lesson)] : [],
    ),
    sql(
      db,
      `SELECT l.comment_seq AS seq, l.label, l.author_id AS author, l.source, l.cluster
       FROM json_each(?2) j CROSS JOIN lessons l ON l.site_id = ?1 AND l.comment_seq = j.value ->> 'seq'
       WHERE l.place < ${mostOfGroup}`,
      siteId,
      seqs,
    ),
  ])
  return results.at(-1)?.results ?? []
}

function adding(
  db: D1Database,
  siteId: string,
  { seq, since }: { seq: number; since: number },
  lesson: NonNullable<Change['lesson']>,
): D1PreparedStatement {
  return sql(
    db,
    `INSERT INTO lessons (site_id, comment_seq, label, author_id, source, cluster, place)
     SELECT ?1, ?2, ?3, ?4, g.source, g.cluster,
       max(${placeIn('author_id', '?4')}, ${placeIn('source', 'g.source')}, ${placeIn('cluster', 'g.cluster')})
     FROM (SELECT
       CASE WHEN ?5 IS NULL THEN NULL ELSE coalesce((
         SELECT coalesce(l.source, l.comment_seq) FROM (
             SELECT seq FROM comments INDEXED BY comments_address WHERE address = ?5 ORDER BY seq LIMIT 50) c
           CROSS JOIN lessons l ON l.site_id = ?1 AND l.comment_seq = c.seq LIMIT 1), ?2) END AS source,
       coalesce((
         SELECT min(cluster) FROM lessons WHERE site_id = ?1 AND comment_seq IN (
           SELECT value FROM json_each(?6)
           UNION ALL SELECT * FROM (
             SELECT seq FROM comments INDEXED BY comments_repeat
             WHERE site_id = ?1 AND ${hasText('?7')} AND seq <> ?2 LIMIT 50))), ?2) AS cluster) g
     WHERE EXISTS (SELECT 1 FROM untaught WHERE comment_seq = ?2 AND since = ?8)
     ON CONFLICT DO NOTHING`,
    siteId,
    seq,
    lesson.label,
    lesson.authorId,
    lesson.address,
    JSON.stringify(lesson.alike),
    lesson.bodyHash,
    since,
  )
}

/** How many lessons of its label and group came before one, of those a model may be made of. */
const placeIn = (column: string, value: string) =>
  `(SELECT count(*) FROM (SELECT 1 FROM lessons INDEXED BY lessons_${column}
      WHERE site_id = ?1 AND label = ?3 AND ${column} = ${value} AND place < ${mostOfGroup} LIMIT ${mostOfGroup}))`

/** What makes lessons of one label count together; each has an index. */
const groups = { author_id: 'author', source: 'source', cluster: 'cluster' } as const

/**
 * Statements that have spare lessons looked at again where half of their group has gone, under a condition.
 *
 * @param gone lessons that a model was made of, and that are no more
 */
export const lookingAgain = (
  db: D1Database,
  siteId: string,
  gone: Taught[],
  { at, condition }: { at: number; condition: Condition },
): D1PreparedStatement[] =>
  Object.entries(groups).map(([column, name]) => {
    const own = `label = g.value ->> 'label' AND ${column} = g.value ->> 'group'`
    const distinct = new Set(
      gone.map((lesson) => JSON.stringify({ label: lesson.label, group: lesson[name] })),
    )
    return sql(
      db,
      `INSERT OR IGNORE INTO untaught (comment_seq, site_id, since)
       SELECT s.comment_seq, ?1, ?3 FROM json_each(?2) g CROSS JOIN lessons s
       WHERE s.site_id = ?1 AND s.comment_seq IN (
           SELECT comment_seq FROM lessons INDEXED BY lessons_spare_${column}
           WHERE site_id = ?1 AND ${own} AND place >= ${mostOfGroup} ORDER BY comment_seq LIMIT ${mostOfGroup / 2})
         AND (SELECT count(*) FROM (SELECT 1 FROM lessons INDEXED BY lessons_${column}
           WHERE site_id = ?1 AND ${own} AND place < ${mostOfGroup} LIMIT ${mostOfGroup / 2})) < ${mostOfGroup / 2}
         AND ${condition.text}`,
      siteId,
      `[${[...distinct].join()}]`,
      at,
      ...condition.values,
    )
  })
