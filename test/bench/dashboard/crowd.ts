import type { DatabaseSync } from 'node:sqlite'
import { sentences } from '../texts.ts'
import { fillFigures } from './figures.ts'

/** How much there is of what. */
export interface Size {
  comments: number
  threads: number
  sites: number
  authors: number
}

export const sizeOf = (comments: number): Size => ({
  ...{ comments, sites: 50, threads: Math.max(50, comments / 50), authors: Math.max(50, comments / 10) },
})

/** The comments are spread over so many days, the last of them now. */
export const days = 1000

const people = 40
const bans = 5000
const chunk = 20_000

/** A word that stands in every so many comments, and no other text has it in it. */
export const rare = { word: 'zyzzogeton', every: 125_000 }

/** A number that looks like chance and is the same each time, in SQL: of a number and a kind of dice. */
const dice = (number: string, kind: number, sides: number) =>
  `((((${number}) * 2654435761 + ${kind} * 40503) % 4294967291 * 69069 % 4294967291) % ${sides})`

/** Few of many are thrown often. */
const skewed = (number: string, kind: number, count: number) =>
  `CAST(${count} * pow(${dice(number, kind, 1_000_000)} / 1e6, 3) AS INTEGER)`

const numbers = (from: number, to: number) =>
  `WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to})`

const siteOf = (number: string, { sites }: Size) => `printf('site-%02d', (${number} - 1) % ${sites} + 1)`

const idOf = (number: string) =>
  `printf('%08x-0000-4000-8000-%012d', ${dice(number, 9, 4_294_967_291)}, ${number})`

/** What became of a comment, by its dice of a thousand. */
const statusOf = `CASE WHEN k < 20 THEN 'pending' WHEN k < 60 THEN 'spam' WHEN k < 75 THEN 'rejected'
  WHEN k < 80 THEN 'deleted' ELSE 'approved' END`

/** Fills an empty main database, in SQL for speed. */
export function fillCrowd(db: DatabaseSync, size: Size, now: number, progress: (done: string) => void): void {
  db.function('pow', { deterministic: true }, (base, exponent) => Number(base) ** Number(exponent))
  texts(db)
  const start = now - days * 86_400_000
  const step = (days * 86_400_000) / size.comments
  db.exec('BEGIN')
  ground(db, size, start)
  db.exec('COMMIT')
  for (let from = 1; from <= size.comments; from += chunk) {
    const to = Math.min(size.comments, from + chunk - 1)
    db.exec('BEGIN')
    comments(db, { size, from, to, start, step })
    history(db, { from, to, step })
    db.exec('COMMIT')
    progress(`${to} of ${size.comments} comments`)
  }
  progress('counters')
  db.exec('BEGIN')
  counters(db)
  fillFigures(db)
  db.exec('COMMIT')
}

/** Texts to choose from, and words that make them differ. */
function texts(db: DatabaseSync) {
  db.exec(`CREATE TEMP TABLE texts (kind TEXT, n INTEGER, body TEXT, PRIMARY KEY (kind, n));
    CREATE TEMP TABLE words (n INTEGER PRIMARY KEY, word TEXT)`)
  const text = db.prepare('INSERT INTO temp.texts VALUES (?, ?, ?)')
  for (const [kind, all] of Object.entries(sentences()))
    for (const [n, body] of all.entries()) text.run(kind, n, body)
  const word = db.prepare('INSERT INTO temp.words VALUES (?, ?)')
  const syllables = [
    'ba',
    'ke',
    'li',
    'mo',
    'nu',
    'ra',
    'se',
    'ti',
    'vo',
    'zu',
    'pel',
    'dar',
    'gim',
    'hos',
    'jun',
    'wex',
    'fy',
  ]
  let n = 0
  for (const one of syllables)
    for (const two of syllables) for (const three of syllables) word.run(n++, one + two + three)
}

/** What comments hang on. */
function ground(db: DatabaseSync, size: Size, start: number) {
  const { sites, threads, authors } = size
  db.exec(`
    ${numbers(1, sites)} INSERT INTO sites (id, name, origins, locale, policy, created_at)
      SELECT printf('site-%02d', i), 'Site ' || i, json_array('https://site-' || i || '.example'), 'en', 'premoderate', ${start} FROM n;
    INSERT INTO learners (site_id) SELECT id FROM sites;
    ${numbers(1, threads)} INSERT INTO threads (id, site_id, key, url, title, created_at)
      SELECT i, ${siteOf('i', size)}, '/articles/' || i, 'https://site-' || ((i - 1) % ${sites} + 1) || '.example/articles/' || i,
        'On ' || (SELECT word FROM temp.words WHERE n = i % 4913) || ', part ' || i, ${start} FROM n;
    ${numbers(1, authors)} INSERT INTO authors (id, public_id, site_id, token_hash, created_at)
      SELECT i, printf('%012x', i), ${siteOf('i', size)}, printf('%064x', i), ${start} FROM n;
    ${numbers(1, people)} INSERT INTO staff (id, name, role, created_at, every_site, seen_at)
      SELECT 's' || i, 'Staff ' || i, iif(i % 10, 'moderator', 'owner'), ${start}, i % 4 = 0, ${start} FROM n;
    ${numbers(1, people)} INSERT INTO staff_sites (staff_id, site_id)
      SELECT 's' || i, printf('site-%02d', i) FROM n WHERE i % 4;
    ${numbers(1, people * 10)} INSERT INTO tokens (id, name, token_hash, created_at, site_id, made_by)
      SELECT 'token-' || i, 'Script ' || i, printf('%064x', i), ${start} + i, iif(i % 5, ${siteOf('i', size)}, NULL), 's' || (i % ${people} + 1) FROM n;
    ${numbers(1, bans)} INSERT INTO bans (id, site_id, kind, value, created_at)
      SELECT 'ban-' || i, ${siteOf('i', size)}, iif(i % 5, 'domain', 'author'), iif(i % 5, 'host-' || i || '.example', printf('%012x', i)), ${start} + i FROM n;
    INSERT INTO tallies (site_id, expiry_at) SELECT id, 9000000000000 FROM sites;`)
}

interface Slice {
  size: Size
  from: number
  to: number
  start: number
  step: number
}

function comments(db: DatabaseSync, { size, from, to, start, step }: Slice) {
  db.exec(`${numbers(from, to)},
    k AS (SELECT i, ${dice('i', 1, 1000)} AS k, 1 + ${skewed('i', 2, size.threads)} AS thread FROM n),
    a AS (SELECT *, ${statusOf} AS status,
      (thread - 1) % ${size.sites} + 1 + ${size.sites} * ${skewed('i', 3, size.authors / size.sites)} AS author,
      (SELECT word FROM temp.words WHERE n = ${dice('i', 4, 4913)}) || ' ' || (SELECT word FROM temp.words WHERE n = ${dice('i', 5, 4913)})
        || iif(i % ${rare.every} = 7, ' ${rare.word}', '') AS words FROM k),
    b AS (SELECT *, (SELECT body FROM temp.texts WHERE kind = CASE WHEN status = 'spam' THEN 'spam' WHEN i % 3 = 0 THEN 'japanese' ELSE 'fine' END
        AND n = ${dice('i', 6, 120)}) || ' ' || words || '.' AS body FROM a)
    INSERT INTO comments (seq, id, site_id, thread_id, author_id, author_public_id, name, email, body, content, body_hash, request_hash,
      created_at, edited_at, elapsed_ms, status, shown_revision, shown_version, verdict, findings, flags, decision_id, judged, appeal, appeal_state,
      score, doubt)
    SELECT i, ${idOf('i')}, ${siteOf('thread', size)}, thread, author, printf('%012x', author), 'Reader ' || author,
      iif(author % 2, 'reader-' || author || '@mail.example', NULL), body,
      json_array(json_object('type', 'paragraph', 'children', iif(status = 'spam',
        json_array(body, json_object('type', 'link', 'href', 'https://shop-' || (i % 500) || '.example/', 'children', json_array('offer'))), json_array(body)))),
      printf('%016x', ${dice('i', 7, 4_294_967_291)}), printf('%016x', i), CAST(${start} + i * ${step} AS INTEGER),
      iif(i % 50 = 0, CAST(${start} + i * ${step} AS INTEGER) + 60000, NULL), 9000, status, iif(status = 'approved', 1, NULL), i,
      CASE WHEN status = 'spam' THEN 'spam' WHEN k % 10 < 7 AND status = 'approved' THEN 'approve' ELSE 'hold' END,
      iif(status = 'approved', '[]', '[{"code":"links","weight":1,"params":{"count":3,"limit":2,"hosts":["a.example"]}}]'),
      iif(k > 994, 3, 0), iif(status = 'pending', NULL, 'd-' || i), status <> 'pending' AND k % 10 >= 7,
      iif(k = 70, 'Please look again.', NULL), iif(k = 70, 'open', NULL), iif(status = 'pending', k / 1000.0, 1e9), iif(status = 'pending', k / 20.0, -1)
    FROM b`)
}

/** What was decided of comments, with the events of it. */
function history(db: DatabaseSync, { from, to, step }: Pick<Slice, 'from' | 'to' | 'step'>) {
  const later = `c.created_at + CAST(${step} AS INTEGER) * ${dice('c.seq', 8, 500)}`
  const act = `CASE c.status WHEN 'approved' THEN 'approve' WHEN 'rejected' THEN 'reject' WHEN 'deleted' THEN 'delete' ELSE 'spam' END`
  const actor = `iif(c.judged, 's' || (c.seq % ${people} + 1), 'screening')`
  db.exec(`
    INSERT INTO decisions (id, comment_seq, revision, action, reason, actor_kind, actor_id, actor_name, status_before, status_after, decided_at)
      SELECT c.decision_id, c.seq, 1, ${act}, iif(c.status = 'rejected', 'off_topic', NULL), iif(c.judged, 'moderator', 'screening'), ${actor},
        iif(c.judged, 'Staff ' || (c.seq % ${people} + 1), 'screening'), 'pending', c.status, ${later}
      FROM comments c WHERE c.seq BETWEEN ${from} AND ${to} AND c.decision_id IS NOT NULL;
    INSERT INTO events (at, actor_kind, actor_id, actor_name, act, site_id, comment_id, details, logged)
      SELECT iif(e.part = 0, c.created_at, c.created_at + 1), CASE WHEN e.part = 0 THEN 'author' WHEN c.judged THEN 'moderator' ELSE 'screening' END,
        iif(e.part = 0, c.author_public_id, ${actor}), CASE WHEN e.part = 0 THEN '' WHEN c.judged THEN 'Staff ' || (c.seq % ${people} + 1) ELSE 'screening' END,
        CASE WHEN e.part = 0 THEN 'comment.posted' WHEN c.decision_id IS NULL THEN 'comment.held' ELSE 'comment.' || ${act} END, c.site_id, c.id,
        CASE WHEN e.part = 0 OR c.decision_id IS NULL THEN '{"revision":1}' ELSE json_object('threadId', c.thread_id, 'decisionId', c.decision_id,
          'revision', 1, 'from', 'pending', 'to', c.status, 'visible', json(iif(c.status = 'approved', 'true', 'false'))) END, e.part
      FROM comments c CROSS JOIN (SELECT 0 AS part UNION ALL SELECT 1) e WHERE c.seq BETWEEN ${from} AND ${to} ORDER BY c.seq, e.part;
    INSERT INTO flags (comment_seq, reader, reason, note, at)
      SELECT c.seq, 'reader ' || f.n, iif(f.n = 1, 'spam', 'off_topic'), '', c.created_at + f.n
      FROM comments c CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3) f WHERE c.seq BETWEEN ${from} AND ${to} AND c.flags > 0`)
}

function counters(db: DatabaseSync) {
  db.exec(`
    CREATE TEMP TABLE counted AS SELECT site_id, sum(status = 'pending') AS held, sum(flags > 0 AND status = 'approved') AS flagged,
      sum(appeal_state IS 'open') AS appeals, sum(status = 'spam') AS spam, count(*) AS total FROM comments GROUP BY site_id;
    UPDATE tallies SET (held, flagged, appeals, spam, total, version) = (SELECT held, flagged, appeals, spam, total, total FROM temp.counted c
      WHERE c.site_id = tallies.site_id);
    UPDATE threads SET (count, version) = (SELECT count(*), max(seq) FROM comments c WHERE c.thread_id = threads.id AND c.status = 'approved');
    UPDATE authors SET (approved, rejected, spam) = (SELECT coalesce(sum(status = 'approved'), 0), coalesce(sum(status = 'rejected'), 0),
      coalesce(sum(status = 'spam'), 0) FROM comments c WHERE c.author_id = authors.id);
    INSERT OR REPLACE INTO roll_ups (id, counted_to) SELECT 1, max(id) FROM events;
    DELETE FROM unindexed;`)
}
