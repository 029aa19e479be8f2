import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unstable_splitSqlQuery as split } from 'wrangler'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { FlaggedPage } from '../../../worker/contract/flags.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { QueueItem, QueuePage } from '../../../worker/contract/queue.ts'
import type { SiteStats } from '../../../worker/contract/stats.ts'
import type { ApiToken } from '../../../worker/contract/tokens.ts'
import { digest } from '../../../worker/crypto.ts'
import { migrations } from '../../../worker/host/paths.ts'
import { withDatabase } from '../../../worker/host/serve/workerd.ts'
import { applied, apply } from '../../../worker/migrations/apply.ts'
import { Product } from '../../server.ts'

/** The schema before events. */
async function applyOld(db: D1Database) {
  await applied(db)
  const names = (await readdir(migrations)).filter((name) => name < '0004').sort()
  for (const name of names)
    await apply(db, { name, queries: split(await readFile(join(migrations, name), 'utf8')) })
}

const insert = (db: D1Database, table: string, row: Record<string, unknown>) =>
  db
    .prepare(
      `INSERT INTO ${table} (${Object.keys(row)}) VALUES (${Object.keys(row).map((_, at) => `?${at + 1}`)})`,
    )
    .bind(...Object.values(row))
    .run()

const uuid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
const findings = [
  { code: 'honeypot', weight: 10, params: {} },
  { code: 'link_in_name', weight: 3, params: { name: 'anna-poe.com' } },
]
const person = { actor_kind: 'moderator', actor_id: 'm1', actor_name: 'Mika' }
const machine = { actor_kind: 'screening', actor_id: 'screening', actor_name: 'screening' }

interface Kept {
  id: number
  status: string
  by: typeof person
  at: number
  action: string
  reason?: string
  erased?: boolean
}

/** A comment as it was kept before, with its decision and its line in the audit log. */
async function comment(db: D1Database, { id, status, by, at, action, reason, erased }: Kept) {
  const words = erased
    ? { name: '', body: '', content: '[]', findings: '[]' }
    : { name: 'anna-poe.com', body: 'Words', content: '["Words"]', findings: JSON.stringify(findings) }
  await insert(db, 'comments', {
    ...{ seq: id, id: uuid(id), site_id: 'blog', thread_id: 1, author_id: 1, author_public_id: 'a1' },
    ...{ status, verdict: 'hold', decision_id: `d${id}`, erased: erased ? 1 : 0, ...words },
    ...{ body_hash: '', request_hash: '', created_at: 1, elapsed_ms: 1 },
    ...(status === 'approved' && { shown_revision: 1 }),
  })
  await insert(db, 'decisions', {
    ...{ id: `d${id}`, comment_seq: id, revision: 1, action, reason: reason ?? null, ...by },
    ...{ status_before: 'pending', status_after: status, decided_at: at },
  })
  const verdict = by === machine && { verdict: status, findings }
  await insert(db, 'audit_log', {
    ...{ at, ...by, act: `comment.${action}`, site_id: 'blog', comment_id: uuid(id) },
    details: JSON.stringify({ from: 'pending', to: status, reason: reason ?? null, ...verdict }),
  })
}

async function fill(db: D1Database) {
  await insert(db, 'sites', {
    ...{ id: 'blog', name: 'Blog', origins: '["https://blog.example"]', locale: 'en' },
    ...{ policy: 'premoderate', settings: '{"maxLinks":7}', created_at: 1 },
  })
  await insert(db, 'tallies', { site_id: 'blog', spam: 2, total: 4, version: 9 })
  await insert(db, 'threads', { id: 1, site_id: 'blog', key: '/post', count: 1, created_at: 1 })
  await insert(db, 'authors', { id: 1, public_id: 'a1', site_id: 'blog', token_hash: 't', created_at: 1 })
  await comment(db, { id: 1, status: 'spam', by: machine, at: 10, action: 'spam' })
  await comment(db, { id: 2, status: 'spam', by: machine, at: 20, action: 'spam', erased: true })
  await comment(db, { id: 3, status: 'rejected', by: person, at: 30, action: 'reject', reason: 'Off topic.' })
  await comment(db, { id: 4, status: 'approved', by: person, at: 40, action: 'approve' })
  await insert(db, 'lessons', {
    ...{ site_id: 'blog', comment_seq: 4, label: 'fine', features: 'x', author_id: 1, cluster: 4, place: 0 },
  })
  for (const [comment_seq, reader, reason, answered_by] of [
    [4, 'reader-one-0123456789', 'abuse', null],
    [3, 'reader-one-0123456789', 'spam', 'd3'],
  ])
    await insert(db, 'flags', { comment_seq, reader, reason, note: 'Look.', at: 45, answered_by })
  const bans = [
    ['address', '192.0.2.7/32'],
    ['domain', 'spam.example'],
  ]
  for (const [kind, value] of bans) {
    await insert(db, 'bans', {
      id: `b ${kind}`,
      site_id: 'blog',
      kind,
      value,
      reason: 'A flood.',
      created_at: 1,
    })
    await insert(db, 'audit_log', {
      ...{ at: 50, ...person, act: 'ban.add', site_id: 'blog' },
      details: JSON.stringify({ kind, value, until: null, reason: 'A flood.' }),
    })
  }
  await insert(db, 'audit_log', {
    ...{ at: 60, ...person, act: 'ban.remove', site_id: 'blog' },
    details: JSON.stringify({ kind: 'address', value: '198.51.100.4/32' }),
  })
  await insert(db, 'staff', { id: 'm1', name: 'Mika', role: 'owner', created_at: 1 })
  await insert(db, 'sessions', {
    ...{ token_hash: await digest(secret), staff_id: 'm1', created_at: 5, expires_at: 9e15 },
  })
  await insert(db, 'tokens', { id: 't1', name: 'Script', token_hash: 'x', created_at: 1 })
  await insert(db, 'audit_log', {
    ...{ at: 70, ...person, act: 'thread.close', site_id: 'blog', details: '{"key":"/post"}' },
  })
}

/** Of a session. */
const secret = 'a-secret-of-a-session-0123456789'

let product: Product
let before: Record<string, unknown[]>
let after: Record<string, unknown[]>
let packed: unknown
const tables = ['sites', 'comments', 'decisions', 'lessons', 'bans', 'tallies', 'threads', 'authors']

const dump = async (db: D1Database) => {
  const all = async (table: string) => (await db.prepare(`SELECT * FROM ${table}`).all()).results
  const found: Record<string, unknown[]> = {}
  for (const table of tables) found[table] = await all(table)
  return found
}

beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'hankyo-old-'))
  before = await withDatabase(dataDir, async (db) => {
    await applyOld(db)
    await fill(db)
    return dump(db)
  })
  product = await Product.start({ dataDir, flags: ['--no-demo'] })
})
afterAll(() => product.dispose())

const read = async <Data>(path: string) => (await (await product.api('GET', path)).json()) as Data

test('a folder from before events opens, and its log still tells what was done', async () => {
  const { items } = await read<Page<AuditEntry>>('audit-log')
  expect(items.map(({ act, details }) => [act, details])).toEqual([
    ['thread.close', { key: '/post' }],
    ['ban.remove', { kind: 'address' }],
    ['ban.add', { kind: 'domain', value: 'spam.example', until: null, reason: 'A flood.' }],
    ['ban.add', { kind: 'address', value: '192.0.2.7/32', until: null, reason: 'A flood.' }],
    ['comment.approve', { from: 'pending', to: 'approved', reason: null }],
    ['comment.reject', { from: 'pending', to: 'rejected', reason: 'Off topic.' }],
    ['comment.spam', { from: 'pending', to: 'spam', reason: null, verdict: 'spam' }],
    ['comment.spam', { from: 'pending', to: 'spam', reason: null, verdict: 'spam', findings }],
  ])
  expect(items.map(({ at }) => Date.parse(at))).toEqual([70, 60, 50, 50, 40, 30, 20, 10])
  const queue = await read<QueuePage>('queue?tab=all')
  expect(queue.items.map(({ id, status }: QueueItem) => [id, status])).toEqual([
    [uuid(4), 'approved'],
    [uuid(3), 'rejected'],
    [uuid(2), 'spam'],
    [uuid(1), 'spam'],
  ])
})

test('who was signed in still is, as an owner of all sites, and scripts keep their tokens', async () => {
  const answer = await fetch(`http://127.0.0.1:${product.port}/v1/session`, {
    headers: { cookie: `hankyo_session=${secret}` },
  })
  expect(await answer.json()).toMatchObject({
    moderator: { id: 'm1', name: 'Mika', role: 'owner', everySite: true, locale: null, timeZone: null },
    sites: [{ id: 'blog' }],
  })
  const { items } = await read<Page<ApiToken>>('tokens')
  expect(items).toMatchObject([{ id: 't1', name: 'Script', scope: 'own', site: null }])
})

test('what readers reported waits, with what became of their reports before', async () => {
  const { items } = await read<FlaggedPage>('flags')
  expect(items).toMatchObject([
    {
      comment: { id: uuid(4) },
      count: 1,
      flags: [
        {
          ...{ reason: 'abuse', note: 'Look.', weight: 1, atOnce: false },
          reporter: { id: 'reader-one-01234', upheld: 1, refused: 0 },
        },
      ],
    },
  ])
  expect((await read<QueuePage>('queue')).reported).toBe(1)
})

test('its figures, and what people decided, are told as before', async () => {
  const { items } = await read<Page<SiteStats>>('stats')
  expect(items).toMatchObject([{ screened: 3, held: 3, timeToDecision: { median: 0, ninetieth: 0 } }])
  const csv = await (await product.api('GET', 'exports/decisions.csv?site=blog')).text()
  expect(csv.trim().split('\r\n').slice(1)).toEqual([
    '"/post","ham","1970-01-01T00:00:00.040Z","Words","anna-poe.com",""',
  ])
})

test('it keeps everything but the words in the log, and the log stays append-only', async () => {
  await product.stop()
  await withDatabase(product.dataDir, async (db) => {
    after = await dump(db)
    const packs = await db.prepare('SELECT lessons, features FROM lesson_packs').all<Record<string, string>>()
    packed = packs.results.map(({ lessons = '', features = '' }) => [
      JSON.parse(lessons),
      JSON.parse(features),
    ])
    const { results } = await db.prepare('SELECT * FROM events').all()
    expect(results).toHaveLength(8)
    for (const word of ['anna-poe', '198.51.100.4', '192.0.2.7', 'Off topic', 'A flood'])
      expect(JSON.stringify(results)).not.toContain(word)
    await expect(db.prepare('DELETE FROM events').run()).rejects.toThrow('append-only')
    await expect(db.prepare("UPDATE events SET act = 'x'").run()).rejects.toThrow('append-only')
  })
  // What later versions add to a row stands beside what was there.
  const lessons = (before.lessons as { features: string }[]).map(({ features, ...lesson }) => lesson)
  expect(after).toMatchObject({ ...before, lessons })
  const lesson = { seq: 4, label: 'fine', author: 1, source: null, cluster: 4, script: '', size: 0 }
  expect(packed).toEqual([[[lesson], ['x']]])
})
