import { env } from 'cloudflare:workers'
import { fetchIn, losing } from './jobs.ts'
import { comment, host, json, pageOrigin } from './product.ts'
import { costOf } from './trips.ts'

/** Asks the worker without any job that would read beside what is counted. */
async function quietly(path: string, body: unknown, status: number): Promise<void> {
  const [a, b] = crypto.getRandomValues(new Uint8Array(2))
  const headers = {
    origin: pageOrigin,
    'cf-connecting-ip': `198.19.${a}.${b}`,
    ...(path === '/v1/decisions' && { authorization: `Bearer ${env.OPERATOR_KEY}` }),
  }
  const request = new Request(host + path, { method: 'POST', headers, body: JSON.stringify(body) })
  await json(fetchIn(losing, request), status)
}

/** Posts a comment and approves it. @returns its id */
export async function approvedQuietly(): Promise<string> {
  const made = comment()
  await quietly('/v1/sites/blog/comments', made, 202)
  await quietly('/v1/decisions', [{ commentId: made.id, revision: 1, action: 'approve' }], 200)
  return made.id
}

/** The thread `/post` and an author for comments to come. */
export async function ground(): Promise<void> {
  await quietly('/v1/sites/blog/comments', comment(), 202)
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

/** How many rows the database read for a page. */
export async function reading(work: () => Promise<{ items: unknown[] }>) {
  const { result, rowsRead } = await costOf(work)
  return { shown: result.items.length, rowsRead }
}
