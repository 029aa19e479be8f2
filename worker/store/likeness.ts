import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { Status } from '../contract/status.ts'
import { all, sql } from './database.ts'

/** By what a comment can be found again: parts of its signature, and hosts it links to. */
export interface Traces {
  parts: number[]
  hosts: string[]
}

/** A comment with a signature that has a part in common with another's, `of`. */
export interface Alike {
  of: number
  seq: number
  id: string
  status: Status
  signature: string
}

/** Comments that have a part in common with some signatures, for each the latest twenty of each part. */
export async function alike(
  db: D1Database,
  siteId: string,
  comments: { seq: number; parts: number[] }[],
): Promise<Alike[]> {
  if (comments.every(({ parts }) => parts.length === 0)) return []
  return all(
    sql(
      db,
      `SELECT DISTINCT o.value ->> 'seq' AS of, c.seq, c.id, c.status, c.signature
       FROM json_each(?1) o CROSS JOIN json_each(o.value, '$.parts') p CROSS JOIN comments c
       WHERE c.signature IS NOT NULL AND c.seq IN (
         SELECT comment_seq FROM likeness
         WHERE site_id = ?2 AND part = p.value AND comment_seq <> o.value ->> 'seq'
         ORDER BY comment_seq DESC LIMIT 20)
       ORDER BY c.seq DESC`,
      JSON.stringify(comments),
      siteId,
    ),
  )
}

/** Those of some hosts that no approved comment of the site links to, looking at the latest ten of each. */
export async function newHosts(
  db: D1Database,
  comment: { siteId: string; seq: number },
  hosts: string[],
): Promise<string[]> {
  if (hosts.length === 0) return []
  const rows = await all<{ host: string }>(
    sql(
      db,
      `SELECT h.value AS host FROM json_each(?1) h WHERE NOT EXISTS (
         SELECT 1 FROM comments c WHERE c.status = 'approved' AND c.seq IN (
           SELECT comment_seq FROM linked_hosts WHERE site_id = ?2 AND host = h.value AND comment_seq <> ?3
           ORDER BY comment_seq DESC LIMIT 10))`,
      JSON.stringify([...new Set(hosts)]),
      comment.siteId,
      comment.seq,
    ),
  )
  return rows.map(({ host }) => host)
}

/** Notes a comment's traces in place of former ones, as long as it has the revision they are of. */
export function tracing(
  db: D1Database,
  comment: { siteId: string; seq: number; revision: number },
  { parts, hosts }: Traces,
): D1PreparedStatement[] {
  const add = (table: string, column: string, values: unknown[]) =>
    sql(
      db,
      `INSERT OR IGNORE INTO ${table} (site_id, ${column}, comment_seq)
       SELECT c.site_id, v.value, c.seq FROM comments c, json_each(?) v
       WHERE c.seq = ? AND c.revision = ? AND c.erased = 0`,
      JSON.stringify(values),
      comment.seq,
      comment.revision,
    )
  return [
    ...(comment.revision > 1 ? forgetting(db, comment.seq) : []),
    ...(parts.length > 0 ? [add('likeness', 'part', parts)] : []),
    ...(hosts.length > 0 ? [add('linked_hosts', 'host', hosts)] : []),
  ]
}

/** Removes all traces of a comment. */
const forgetting = (db: D1Database, seq: number): D1PreparedStatement[] =>
  ['likeness', 'linked_hosts'].map((table) => sql(db, `DELETE FROM ${table} WHERE comment_seq = ?`, seq))
