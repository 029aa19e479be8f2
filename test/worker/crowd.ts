import { env } from 'cloudflare:workers'
import { fetchIn, losing } from './jobs.ts'
import { comment, host, json, pageOrigin } from './product.ts'

/** The thread `/post` and an author for comments to come, with no job under way that reads beside what is counted. */
export async function ground(): Promise<void> {
  const [a, b] = crypto.getRandomValues(new Uint8Array(2))
  const headers = { origin: pageOrigin, 'cf-connecting-ip': `198.19.${a}.${b}` }
  const request = { method: 'POST', headers, body: JSON.stringify(comment()) }
  await json(fetchIn(losing, new Request(`${host}/v1/sites/blog/comments`, request)), 202)
  await env.DB.prepare('DELETE FROM comments').run()
}

/** Fills the thread `/post` with shown comments, in SQL for speed. */
export async function fill({ roots, replies }: { roots: number; replies: number }): Promise<void> {
  await ground()
  await env.DB.batch([
    env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
       INSERT INTO comments (seq, id, site_id, thread_id, author_id, author_public_id, name, body, content, body_hash, request_hash,
         created_at, elapsed_ms, status, shown_revision, verdict, branch_count)
       SELECT i, 'root-' || i, 'blog', 1, 1, 'a', 'Mika', 'x', '["x"]', '', '', i, 9000, 'approved', 1, 'hold', ?2 FROM n`,
    ).bind(roots, replies),
    env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
       INSERT INTO comments (id, site_id, thread_id, author_id, author_public_id, parent_id, parent_seq, root_seq, name, body, content,
         body_hash, request_hash, created_at, elapsed_ms, status, shown_revision, verdict)
       SELECT 'reply-' || r.seq || '-' || i, 'blog', 1, 1, 'a', r.id, r.seq, r.seq, 'Ken', 'x', '["x"]', '', '', i, 9000,
         'approved', 1, 'hold' FROM n JOIN comments r ON r.root_seq IS NULL WHERE ?1 > 0`,
    ).bind(replies),
    env.DB.prepare('UPDATE threads SET count = ?').bind(roots * (1 + replies)),
  ])
}

/** How many rows the database read for a page, and by which plans. */
export async function reading(work: () => Promise<{ items: unknown[] }>, plans?: string[]) {
  let rowsRead = 0
  const all = D1PreparedStatementOf(env.DB).all
  const prototype = D1PreparedStatementOf(env.DB)
  prototype.all = async function (this: D1PreparedStatement) {
    const result = await all.call(this)
    rowsRead += result.meta.rows_read
    if (plans) {
      const { statement, params } = this as unknown as { statement: string; params: unknown[] }
      const plan = await all.call(env.DB.prepare(`EXPLAIN QUERY PLAN ${statement}`).bind(...params))
      plans.push(...plan.results.map((row) => String((row as { detail: string }).detail)))
    }
    return result
  } as typeof all
  try {
    const { items } = await work()
    return { shown: items.length, rowsRead }
  } finally {
    prototype.all = all
  }
}

const D1PreparedStatementOf = (db: D1Database) =>
  Object.getPrototypeOf(db.prepare('SELECT 1')) as { all: (this: D1PreparedStatement) => Promise<D1Result> }
