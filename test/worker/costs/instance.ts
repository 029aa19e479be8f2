import { env } from 'cloudflare:workers'

/** Comments of each of the two crowded threads of the site `blog`. */
export const crowd = 6000

/**
 * Fills an instance, in SQL for speed. Comments of thread 1 are shown, all but three in each hundred: of these one is
 * held, one spam and one reported. Those of thread 2 are held and spam by turns. Each thread is by one author, `a1` and
 * `a2`.
 */
export async function fillInstance(): Promise<void> {
  const kind = 'CASE WHEN thread = 2 THEN i % 2 ELSE i % 100 END'
  await env.DB.batch([
    env.DB.prepare(
      "INSERT INTO threads (id, site_id, key, created_at) VALUES (1, 'blog', '/1', 1), (2, 'blog', '/2', 1)",
    ),
    env.DB.prepare(
      `INSERT INTO authors (id, public_id, site_id, token_hash, created_at)
       VALUES (1, 'a1', 'blog', 'h1', 1), (2, 'a2', 'blog', 'h2', 1)`,
    ),
    env.DB.prepare(
      `WITH RECURSIVE n(i, thread) AS (SELECT 1, 1 UNION ALL SELECT i + (thread = 2), 3 - thread FROM n
         WHERE i + (thread = 2) <= ?1)
       INSERT INTO comments (id, site_id, thread_id, author_id, author_public_id, name, body, content, body_hash,
         request_hash, created_at, elapsed_ms, status, shown_revision, verdict, flags)
       SELECT 'c' || thread || '-' || i, 'blog', thread, thread, 'a' || thread, 'Mika', 'Number ' || i, '["x"]', i, '',
         i, 9000, CASE ${kind} WHEN 0 THEN 'pending' WHEN 1 THEN 'spam' ELSE 'approved' END,
         iif(${kind} > 1, 1, NULL), 'hold', ${kind} = 2 FROM n`,
    ).bind(crowd),
  ])
}
