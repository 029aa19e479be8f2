import { env } from 'cloudflare:workers'
import { digest } from '../../../worker/crypto.ts'
import { indexStep } from '../../../worker/jobs/indexComments.ts'
import { progress } from '../../../worker/store/searchIndex.ts'
import { losing } from '../jobs.ts'
import { addSite } from '../product.ts'
import { pushSubscription } from './credentials.ts'

/** Comments of each of the two crowded threads of the site `blog`, and its threads that are not. */
export const crowd = Number(env.CROWD || 6000)

/** What the staff has of each thing of theirs: as much for each of them, however many comments there are. */
const people = Math.min(crowd, 6000)
const quiet = 3000

/** Sites beside it. */
const others = 1000

/** The token of the author of thread 1, `a1`. */
export const authorToken = 'author-one-of-the-crowd-0123456789'

/** What the first sign-in link and session of staff are opened with. */
export const linkToken = 'a-sign-in-link-0123456789'
export const sessionToken = 'a-session-of-staff-0123456789'

/** The session of an owner of all sites. */
export const ownerSession = 'a-session-of-an-owner-0123456789'

/** Of a member of staff of the blog, with a code and a token by which its pages write for them. */
export const speaker = {
  session: 'a-session-of-a-speaker-0123456789',
  code: 'a-code',
  token: 'hkv_a-token-0123456789',
}

/** The id of the first of those who are told by mail. */
export const subscriber = 's000000000000000000001'

/** The API token of an owner of one site. */
export const siteToken = 'hk_a-token-of-one-site-0123456789'

/** The id of an import. */
export const importId = (number: number) => `ffffffff-0000-4000-8000-${String(number).padStart(12, '0')}`

/** The id of a comment of a thread: the first is 1. */
export const idOf = (thread: number, number: number) =>
  `00000000-0000-4000-8000-${String(thread).padStart(4, '0')}${String(number).padStart(8, '0')}`

/** The address that the speaker has not confirmed yet. */
export const askedAddress = 'speaker@mail.example'

/** The first and the second comment that screening has not looked at. */
export const unscreenedId = (number: 1 | 2) => idOf(2, crowd - 2 * (2 - number))

const numbers = (count: number) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`

/**
 * Fills an instance, in SQL for speed. Comments of thread 1 are shown, all but three in each hundred: of these one is
 * held, one spam and one reported. Those of thread 2 are held and spam by turns. A thread of the others has one comment.
 * Each thread is by one author, `a1` and `a2`; the others are by `a3`. Screening decided, but the very first comments
 * of thread 1, which a person did.
 */
export async function fillInstance(now: number): Promise<void> {
  await addSite()
  const kind = 'CASE WHEN thread = 2 THEN i % 2 WHEN thread > 2 THEN 9 ELSE i % 100 END'
  const old = now - 400 * 86_400_000
  const run = (text: string, ...values: unknown[]) => env.DB.prepare(text).bind(...values)
  await env.DB.batch([
    run(`${numbers(crowd)} INSERT INTO subscribers (id, site_id, address, locale, state, changed_at, created_at)
      SELECT printf('s%021d', i), 'blog', 'm' || i || '@mail.example', 'en',
        CASE i % 3 WHEN 0 THEN 'pending' ELSE 'confirmed' END, ${now}, 1 FROM n`),
    run(`${numbers(crowd)} INSERT INTO subscriptions (subscriber_id, kind, thread_key, site_id, reader, created_at, confirmed_at)
      SELECT printf('s%021d', i), 'thread', '/' || (3 + i % 5), 'blog', 'r' || i, 1, iif(i % 3, 1, NULL) FROM n`),
    run(`${numbers(quiet + 2)} INSERT INTO threads (id, site_id, key, url, title, count, created_at)
      SELECT i, 'blog', '/' || i, 'https://blog.example/' || i, 'Page ' || i, iif(i > 2, 1, ${crowd}), 1 FROM n`),
    run(
      `${numbers(crowd)} INSERT INTO authors (id, public_id, site_id, token_hash, created_at)
        SELECT i, 'a' || i, 'blog', iif(i = 1, ?, 'hash ' || i), 1 FROM n`,
      await digest(authorToken),
    ),
    run(
      `${numbers(crowd)}, m(thread, i) AS (
         SELECT 1, i FROM n UNION ALL SELECT 2, i FROM n UNION ALL SELECT i + 2, 1 FROM n WHERE i <= ${quiet})
       INSERT INTO comments (id, site_id, thread_id, author_id, author_public_id, name, email, body, content, body_hash,
         request_hash, created_at, elapsed_ms, status, shown_revision, shown_version, verdict, flags, decision_id,
         judged)
       SELECT printf('00000000-0000-4000-8000-%04d%08d', thread, i), 'blog', thread, min(thread, 3), 'a' || min(thread, 3),
         'Mika', iif(thread < 3, 'mika@mail.example', NULL), 'Number ' || i, '["x"]', i, '', ? + i, 9000,
         CASE ${kind} WHEN 0 THEN 'pending' WHEN 1 THEN 'spam' ELSE 'approved' END,
         iif(${kind} > 1, 1, NULL), i, iif(thread = 2 AND i > ${crowd - 4}, NULL, 'hold'), ${kind} = 2, iif(${kind} > 1, 'd-' || thread || '-' || i, NULL),
         thread = 1 AND ${kind} > 1 AND i < 22 FROM m`,
      old,
    ),
    // A reader reported each of them. Some were so by two more, of whom one is muted, and by one who is answered.
    run(
      `INSERT INTO flags (comment_seq, reader, network, weight, reason, note, at, site_id, muted, at_once, answered_by)
       SELECT seq, 'reader ' || n || ' of ' || seq, NULL, 1, iif(n = 2, 'illegal', 'spam'), 'A note.', created_at + n,
         'blog', n = 3, n = 2 AND seq % 500 = 2, iif(n = 4, 'd-1-3', NULL)
       FROM comments, (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3 UNION SELECT 4)
       WHERE flags > 0 AND (n = 1 OR seq % 2500 = 2)`,
    ),
    run(`UPDATE comments SET open_flags = 1 + seq % 3, last_flag_at = created_at + 2, flag_reasons = iif(seq % 700 = 2, 33, 1)
      WHERE flags > 0`),
    run(
      `${numbers(crowd)} INSERT INTO reporters (site_id, id, refused, answered_at, muted_at, muted_by)
       SELECT 'blog', 'reporter-' || i, 3, ?, iif(i % 2, i, NULL), 'Mika' FROM n`,
      now,
    ),
    run(
      `INSERT INTO decisions (id, comment_seq, revision, action, actor_kind, actor_id, actor_name, status_before,
         status_after, decided_at)
       SELECT decision_id, seq, 1, 'approve', iif(thread_id = 1 AND seq < 20, 'moderator', 'screening'), 's', 'S', 'pending',
         'approved', created_at FROM comments WHERE decision_id IS NOT NULL`,
    ),
    // Three wait to be decided again, and many were.
    run(
      `INSERT INTO second_looks (comment_seq, site_id, asked_at, answered_at, changed)
       SELECT seq, 'blog', ?1, iif(i > 16 AND i < 20, NULL, ?1), i % 2 FROM (
         SELECT seq, cast(substr(id, -8) AS INTEGER) AS i FROM comments WHERE thread_id = 1 AND shown_revision = 1 ORDER BY seq LIMIT 100)`,
      now,
    ),
    run(
      `INSERT INTO events (at, actor_kind, actor_id, actor_name, act, site_id, comment_id, details)
       SELECT created_at, 'screening', 's', 'S', 'comment.approve', site_id, id, json_object('decisionId', decision_id)
       FROM comments WHERE decision_id IS NOT NULL`,
    ),
    run('INSERT OR REPLACE INTO roll_ups (id, counted_to) SELECT 1, max(id) FROM events'),
    run(
      `INSERT INTO likes (comment_seq, reader, at) SELECT 3, 'reader ' || seq, created_at FROM comments WHERE thread_id = 1`,
    ),
    run(`${numbers(others)} INSERT INTO sites (id, name, origins, locale, policy, created_at)
      SELECT 'site-' || i, 'Site ' || i, '[]', 'en', 'trusted', 1 FROM n`),
    run(`INSERT INTO tallies (site_id, expiry_at) SELECT id, 9e15 FROM sites WHERE true
      ON CONFLICT DO UPDATE SET expiry_at = excluded.expiry_at`),
    run('INSERT INTO learners (site_id) SELECT id FROM sites WHERE true ON CONFLICT DO NOTHING'),
    run(
      `${numbers(crowd)} INSERT INTO outbox (destination, subject, site_id, created_at, next_at, dead_at)
       SELECT 'screener_feedback', printf('00000000-0000-4000-8000-0001%08d', i), 'blog', 1, ?1, iif(i % 2 = 0, ?1, NULL) FROM n`,
      now + 86_400_000,
    ),
    run(
      `${numbers(crowd)} INSERT INTO deliveries (id, site_id, destination, act, details, recipient_id, recipient, attempts,
         answer, created_at, delivered_at)
       SELECT i + ${crowd}, 'blog', 'endpoint_message', 'comment.held', '{}', 'hook-' || (i % 3), 'Hook', 1, 'x', 1, ?1 FROM n`,
      now,
    ),
    run(
      `${numbers(others)} INSERT INTO endpoints (id, site_id, kind, name, target, config, secret, types, created_at)
       SELECT 'hook-' || i, iif(i < 2, 'blog', 'site-' || i), 'webhook', 'Hook', 'x',
         '{"url":"https://127.0.0.1/"}', ?1, '["comment.edited"]', i FROM n`,
      `whsec_${'A'.repeat(44)}`,
    ),
    run(`${numbers(others)} INSERT INTO imports (id, site_id, format, file, actor_kind, actor_id, actor_name, began_at, state, total, worked_at)
      SELECT printf('ffffffff-0000-4000-8000-%012d', i), iif(i < 30, 'blog', 'site-' || i), 'wxr', 'old.xml', 'operator', 'o', 'O',
        1, 'working', 9, 1 FROM n`),
    run(`${numbers(crowd)} INSERT INTO bans (id, site_id, kind, value, created_at)
      SELECT 'ban-' || i, 'blog', 'domain', i || '.example', i FROM n`),
    run(`${numbers(others)} INSERT INTO staff (id, name, role, created_at, every_site, seen_at)
      SELECT 's' || i, 'Staff ' || i, 'moderator', 1, 0, 1 FROM n`),
    run(
      `${numbers(others)} INSERT INTO staff_sites (staff_id, site_id) SELECT 's' || i, 'site-' || i FROM n`,
    ),
    run(`${numbers(people)} INSERT INTO tokens (id, name, token_hash, created_at, site_id, made_by)
      SELECT 'token-' || i, 'Script', 'token ' || i, 1, iif(i % 100, 'site-' || (i % 900 + 1), NULL), 's' || (i % ${others} + 1) FROM n`),
    run(
      `INSERT INTO tokens (id, name, token_hash, created_at, site_id, scope) VALUES ('token-own', 'Own', ?, 1, 'site-3', 'own')`,
      await digest(siteToken),
    ),
    run(
      `${numbers(people)} INSERT INTO sessions (id, token_hash, staff_id, created_at, seen_at, expires_at)
       SELECT 'session-' || i, iif(i = 1, ?1, 'session ' || i), 's' || (i % ${others} + 1), 1, 1, ?2 FROM n`,
      await digest(sessionToken),
      now + 86_400_000,
    ),
    run(`INSERT INTO staff (id, name, role, created_at, every_site, seen_at)
      VALUES ('speaker', 'Speaker', 'moderator', 1, 0, 1)`),
    run(`INSERT INTO staff (id, name, role, created_at, every_site, seen_at)
      VALUES ('owner', 'Owner of all', 'owner', 1, 1, 1)`),
    run(
      `INSERT INTO sessions (id, token_hash, staff_id, created_at, seen_at, expires_at)
       VALUES ('owning', ?, 'owner', 1, 1, ?)`,
      await digest(ownerSession),
      now + 86_400_000,
    ),
    run(`INSERT INTO staff_sites (staff_id, site_id) VALUES ('speaker', 'blog')`),
    run(`INSERT INTO staff_mail (staff_id, asked) VALUES ('speaker', '${askedAddress}')`),
    run(
      `INSERT INTO staff_mail (staff_id, address) SELECT id, id || '@mail.example' FROM staff WHERE id GLOB 's[0-9]*'`,
    ),
    run(
      `INSERT INTO sessions (id, token_hash, staff_id, created_at, seen_at, expires_at)
       VALUES ('speaking', ?, 'speaker', 1, 1, ?)`,
      await digest(speaker.session),
      now + 86_400_000,
    ),
    run(
      `${numbers(crowd)} INSERT INTO voices (secret_hash, session_id, site_id, taken, expires_at)
       SELECT CASE i WHEN 1 THEN ?1 WHEN 2 THEN ?2 ELSE i END, 'speaking', 'blog', min(i - 1, 1), ?3 FROM n`,
      await digest(speaker.code),
      await digest(speaker.token),
      now + 86_400_000,
    ),
    run(`${numbers(people)} INSERT INTO passkeys
        (id, staff_id, name, host, public_key, counter, transports, synced, created_at)
      SELECT 'passkey-' || i, 's' || (i % ${others} + 1), 'Phone', 'hankyo.example', 'AA', 0, '[]', 1, i FROM n`),
    run(`${numbers(others)} INSERT INTO push_subscriptions (id, staff_id, endpoint, p256dh, auth, name, created_at)
      SELECT 'device-' || i, 's' || (i % ${others} + 1), 'https://push.example/' || i, '${pushSubscription.keys.p256dh}',
        '${pushSubscription.keys.auth}', 'Phone', i FROM n`),
    run(`${numbers(people)} INSERT INTO connected_accounts (issuer, subject, id, staff_id, provider, label, created_at)
      SELECT 'https://desk.example', i, 'account-' || i, 's' || (i % ${others} + 1), 'desk', 'Mika', i FROM n`),
    run(
      `${numbers(people)} INSERT INTO sign_in_links (token_hash, staff_id, expires_at)
       SELECT iif(i = 1, ?, 'link ' || i), 's' || (i % ${others} + 1), ? FROM n`,
      await digest(linkToken),
      now + 86_400_000,
    ),
  ])
  await addSite({ id: 'last', name: 'Last' })
}

/** Builds the full-text index of what there is. */
export async function fillIndex(): Promise<void> {
  const world = { env: losing, db: env.DB, now: Date.now(), defer: () => {}, happened: [] }
  while (!(await indexStep(world, 1000))) if (env.CROWD) console.log(await progress(env.SEARCH as D1Database))
}
