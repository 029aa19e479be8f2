import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { ActorKind } from '../contract/decisions.ts'
import type { Status } from '../contract/status.ts'
import { all, batch, type Condition, over, sql } from './database.ts'

type Label = 'fine' | 'spam'

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

/** A comment whose decision the learner has yet to take in, as it stands now, or stood before an appeal. */
export interface Untaught {
  seq: number
  since: number
  status: Status
  erased: number
  reason: string | null
  /** Who took the decision that stands; null where none does. */
  byKind: ActorKind | null
  body: string
  bodyHash: string
  signature: string | null
  audited: string | null
  authorId: number
  address: string | null
}

export async function waiting(db: D1Database, siteId: string, limit: number): Promise<Untaught[]> {
  return all(
    sql(
      db,
      `SELECT c.seq, u.since, iif(s.action = 'appeal', s.status_before, c.status) AS status, c.erased, d.reason, d.actor_kind AS byKind, c.body,
         c.body_hash AS bodyHash, c.signature, c.audited, c.author_id AS authorId, c.address
       FROM untaught u INDEXED BY untaught_site
         CROSS JOIN comments c ON c.seq = u.comment_seq
         LEFT JOIN decisions s ON s.id = c.decision_id
         LEFT JOIN decisions d ON d.id = iif(s.action = 'appeal', s.decision_before, s.id)
       WHERE u.site_id = ? ORDER BY u.since, u.comment_seq LIMIT ?`,
      siteId,
      limit,
    ),
  )
}

/** What becomes of a comment's lesson; no label takes it away. */
export interface Change {
  seq: number
  since: number
  lesson: {
    label: Label
    features: string
    authorId: number
    address: string | null
    alike: number[]
    bodyHash: string
  } | null
}

/**
 * Takes decisions in: lessons are added, changed or removed, and their comments wait no more. A
 * decision that came in the meantime waits on, and what another job took in first stays as that
 * left it. Cluster and source are those of the first lesson alike.
 */
export async function teach(db: D1Database, siteId: string, changes: Change[]): Promise<void> {
  await batch(db, [
    ...changes.flatMap(({ seq, since, lesson }) => [
      sql(
        db,
        `UPDATE lessons SET place = place - 1
         WHERE place > 0 AND site_id = ?1 AND comment_seq <> ?2
           AND comment_seq IN (${groups.map(besides).join(' UNION ')})
           AND EXISTS (SELECT 1 FROM untaught WHERE comment_seq = ?2 AND since = ?3)`,
        siteId,
        seq,
        since,
      ),
      sql(
        db,
        `DELETE FROM lessons WHERE site_id = ?1 AND comment_seq = ?2
           AND EXISTS (SELECT 1 FROM untaught WHERE comment_seq = ?2 AND since = ?3)`,
        siteId,
        seq,
        since,
      ),
      ...(lesson ? [adding(db, siteId, { seq, since }, lesson)] : []),
      sql(db, 'DELETE FROM untaught WHERE comment_seq = ? AND since = ?', seq, since),
    ]),
    sql(
      db,
      `INSERT INTO learners (site_id, lessons_version) VALUES (?, 1)
       ON CONFLICT (site_id) DO UPDATE SET lessons_version = lessons_version + 1`,
      siteId,
    ),
  ])
}

/** What makes lessons of one label count together; each has an index. */
const groups = ['author_id', 'source', 'cluster'] as const

/** The lessons of a lesson's group. */
const besides = (column: (typeof groups)[number]) =>
  `SELECT o.comment_seq FROM lessons l CROSS JOIN lessons o INDEXED BY lessons_${column}
     ON o.site_id = l.site_id AND o.label = l.label AND o.${column} = l.${column}
   WHERE l.site_id = ?1 AND l.comment_seq = ?2`

function adding(
  db: D1Database,
  siteId: string,
  { seq, since }: { seq: number; since: number },
  lesson: NonNullable<Change['lesson']>,
): D1PreparedStatement {
  return sql(
    db,
    `INSERT INTO lessons (site_id, comment_seq, label, features, author_id, source, cluster, place)
     SELECT ?1, ?2, ?3, ?4, ?5, g.source, g.cluster,
       max(${placeIn('author_id', '?5')}, ${placeIn('source', 'g.source')}, ${placeIn('cluster', 'g.cluster')})
     FROM (SELECT
       CASE WHEN ?6 IS NULL THEN NULL ELSE coalesce((
         SELECT min(coalesce(l.source, l.comment_seq)) FROM comments c INDEXED BY comments_address
           CROSS JOIN lessons l ON l.site_id = ?1 AND l.comment_seq = c.seq WHERE c.address = ?6), ?2) END AS source,
       coalesce((
         SELECT min(cluster) FROM lessons WHERE site_id = ?1 AND comment_seq IN (
           SELECT value FROM json_each(?7)
           UNION ALL SELECT * FROM (
             SELECT seq FROM comments INDEXED BY comments_repeat
             WHERE site_id = ?1 AND body_hash = ?8 AND seq <> ?2 LIMIT 50))), ?2) AS cluster) g
     WHERE EXISTS (SELECT 1 FROM untaught WHERE comment_seq = ?2 AND since = ?9)`,
    siteId,
    seq,
    lesson.label,
    lesson.features,
    lesson.authorId,
    lesson.address,
    JSON.stringify(lesson.alike),
    lesson.bodyHash,
    since,
  )
}

/** Lessons that one author, one address and day, or texts nearly alike may have in a model, of one label. */
const mostOfGroup = 20

/** How many lessons of its label and group came before one. */
const placeIn = (column: string, value: string) =>
  `(SELECT count(*) FROM (SELECT 1 FROM lessons INDEXED BY lessons_${column}
      WHERE site_id = ?1 AND label = ?3 AND ${column} = ${value} LIMIT ${mostOfGroup}))`

/** A lesson as it is kept. */
export interface LessonRow {
  seq: number
  label: Label
  features: string
  author: number
  source: number | null
  cluster: number
}

/** The latest lessons of each class, at most `most` of each and without what a flood brought, by comment. */
export async function latest(db: D1Database, siteId: string, most: number): Promise<LessonRow[]> {
  return all(
    sql(
      db,
      `SELECT seq, label, features, author, source, cluster FROM (
         SELECT * FROM (${latestOf('fine')}) UNION ALL SELECT * FROM (${latestOf('spam')})) ORDER BY seq`,
      siteId,
      most,
    ),
  )
}

const latestOf = (label: Label) =>
  `SELECT comment_seq AS seq, label, features, author_id AS author, source, cluster
   FROM lessons INDEXED BY lessons_label
   WHERE site_id = ?1 AND label = '${label}' AND place < ${mostOfGroup} ORDER BY comment_seq DESC LIMIT ?2`
