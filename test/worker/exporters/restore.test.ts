import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ExportHead } from '../../../worker/contract/exports.ts'
import type { RestoredPart } from '../../../worker/contract/restores.ts'
import { digest } from '../../../worker/crypto.ts'
import { exportTables } from '../../../worker/store/exportTables.ts'
import { furnish } from '../access/furnished.ts'
import { emptyDatabases } from '../databases.ts'
import { type Line, linesOf, lived, partIn, partsOf, rowsIn } from '../exporting.ts'
import { deliver, eventually, sweepAt } from '../jobs.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  json,
  own,
  pageOrigin,
  posted,
  queue,
  thread,
} from '../product.ts'
import { costOf } from '../trips.ts'

type Row = Record<string, unknown>

/** All rows of the tables that exports have, but for columns that none has. */
async function dumped(): Promise<Record<string, Row[]>> {
  const tables = exportTables.map(async ({ name, key, omit = [] }) => {
    const { results } = await env.DB.prepare(`SELECT * FROM ${name} ORDER BY ${Object.keys(key)}`).all<Row>()
    for (const row of results)
      for (const column of omit) if (!['notes', 'devices'].includes(column)) delete row[column]
    return [name, results] as const
  })
  return Object.fromEntries(await Promise.all(tables))
}

/** Waits until no job changes anything: the learner's comes late, and is not waited for. */
async function settled(): Promise<void> {
  await eventually(async () => {
    const { items } = await queue('tab=all')
    expect(items.every(({ status, verdict }) => status !== 'pending' || verdict)).toBe(true)
  })
  await deliver([{ v: 1, learn: 'blog' }])
}

const restorePart = (text: string, query = '') =>
  call('POST', `/v1/restores${query}`, {
    body: text,
    headers: { authorization: `Bearer ${env.OPERATOR_KEY}` },
    origin: null,
  })

const restored = async (parts: string[], query = '') => {
  const results: RestoredPart[] = []
  for (const part of parts) results.push(await json<RestoredPart>(restorePart(part, query)))
  return results
}

/** Parts with lines that somebody changed, and hashes that say otherwise. */
async function forged(parts: string[], change: (lines: Line[]) => Line[]): Promise<string[]> {
  let before = ''
  const made: string[] = []
  for (const text of parts) {
    const lines = linesOf(text)
    const part = lines.pop()?.part as Row
    const changed = change(lines)
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('')
    before = await digest(before + changed)
    made.push(`${changed}${JSON.stringify({ part: { ...part, sha256: before } })}\n`)
  }
  return made
}

let whole: string[]
let site: string[]
let before: Record<string, Row[]>
let mine: { id: string; token: string }

// What every test starts from is made once: each then has an empty instance.
beforeAll(async () => {
  await emptyDatabases()
  await addSite()
  mine = await lived()
  await furnish('blog', pageOrigin)
  await json(asOperator('PUT', '/v1/sites/blog/word-lists/hold', { entries: ['word', '"quoted"'] }))
  await posted({ body: 'Waits 🙂 \u0000 nothing \\ " \u2028' })
  await addSite({ id: 'quiet', origins: ['https://quiet.example'] })
  await settled()
  // Mail does not leave here, and nothing is imported: rows as they would be.
  await env.DB.batch(
    [
      "INSERT INTO subscribers (id, site_id, address, locale, state, changed_at, created_at) VALUES ('s1', 'blog', 'reader@mail.example', 'en', 'confirmed', 1, 1)",
      "INSERT INTO subscriptions (subscriber_id, kind, comment_seq, thread_key, site_id, reader, created_at) VALUES ('s1', 'thread', 0, '/post', 'blog', 'r', 1), ('s1', 'replies', 2, '', 'blog', 'r', 1)",
      "INSERT INTO mail_blocks (address_hash, why, at) VALUES ('hash', 'bounced', 1)",
      "INSERT INTO imports (number, id, site_id, format, file, actor_kind, actor_id, actor_name, began_at, state, total, worked_at) VALUES (3, 'i3', 'blog', 'wxr', 'blog.xml', 'operator', 'operator', 'operator', 1, 'done', 1, 1)",
      'UPDATE comments SET import_number = 3 WHERE seq = 2',
    ].map((text) => env.DB.prepare(text)),
  )
  before = await dumped()
  whole = await partsOf()
  site = await partsOf('site=blog')
})

describe('An empty instance', () => {
  it('has the very rows afterwards', async () => {
    const results = await restored(whole)
    expect(results.at(-1)).toMatchObject({ part: whole.length, ended: true, leftOut: 0 })
    const after = await dumped()
    for (const name of Object.keys(before)) expect(after[name], name).toEqual(before[name])
    const again = await partsOf()
    const rows = (parts: string[]) => exportTables.flatMap(({ name }) => rowsIn(parts, name))
    expect(rows(again)).toEqual(rows(whole))
  })

  it('reads, counts and knows its authors as before', async () => {
    await restored(whole)
    expect((await thread('key=/post')).thread.count).toBe(3)
    expect(await own(mine.id, mine.token)).toMatchObject({ id: mine.id })
    expect((await queue('tab=all')).counts).toMatchObject({ all: 5 })
    const late = await approved({ body: 'Comes afterwards' })
    expect((await thread('key=/post')).thread.count).toBe(4)
    expect((await queue(`tab=all&ids=${late.comment.id}`)).items).toHaveLength(1)
  })

  it('takes a part once, in its turn, and the whole again without doubling', async () => {
    expect(whole.length).toBeGreaterThan(1)
    expect((await restorePart(whole[1] as string)).status).toBe(409)
    await restored([whole[0] as string])
    expect(await json(restorePart(whole[0] as string))).toMatchObject({ part: 1, rows: 0, ended: false })
    await restored(whole)
    await restored(whole)
    expect((await dumped()).events).toEqual(before.events)
  })

  it('takes parts that come at the same time once', async () => {
    const answers = await Promise.all([0, 0, 0].map((at) => restorePart(whole[at] as string)))
    expect(answers.map(({ status }) => status)).toContain(200)
    for (const { status } of answers) expect([200, 409]).toContain(status)
    await restored(whole)
    const after = await dumped()
    for (const name of Object.keys(before)) expect(after[name], name).toEqual(before[name])
  })

  it('takes no comments on its sites until the end', async () => {
    const cut = linesOf(whole.join('')).findIndex((line) => line.sites)
    expect(cut).toBeGreaterThan(-1)
    await restored(whole.slice(0, -1))
    const { status } = await call('POST', '/v1/sites/blog/comments', { body: {} })
    expect(status).not.toBe(202)
    const { results } = await env.DB.prepare('SELECT archived_at IS NULL AS open FROM sites').all()
    expect(results.every(({ open }) => open === 0)).toBe(true)
  })

  it('works at nothing that the export found unfinished before all of it is there', async () => {
    await restored(whole.slice(0, 1))
    // As a part brings them, whose comments come in a later one.
    await env.DB.batch(
      [
        "INSERT INTO imports (number, id, site_id, format, file, actor_kind, actor_id, actor_name, began_at, state, total, worked_at) VALUES (2, 'i2', 'blog', 'wxr', 'x.xml', 'operator', 'operator', 'operator', 1, 'undoing', 1, 1)",
        "INSERT INTO thread_moves (id, site_id, from_key, to_key, thread_id, into_id, former, actor_kind, actor_id, actor_name, made_at, up_to, state, worked_at) VALUES ('m1', 'blog', '/a', '/b', 998, 999, '{\"keys\":[],\"settings\":{}}', 'operator', 'operator', 'operator', 1, 0, 'working', 1)",
        "INSERT INTO bulk_acts (id, site_ids, filter, action, actor_kind, actor_id, actor_name, made_at, up_to, state, worked_at) VALUES ('b1', '[\"blog\",\"removed\"]', '{\"tab\":\"held\"}', 'approve', 'operator', 'operator', 'operator', 1, 0, 'working', 1)",
        "INSERT INTO authors (id, public_id, site_id, token_hash, created_at) VALUES (999, 'a999', 'blog', 'hash', 1)",
        "INSERT INTO erasures (author_id, id, actor_kind, actor_id, actor_name, began_at, total, worked_at) VALUES (999, 'e1', 'operator', 'operator', 'operator', 1, 0, 1)",
      ].map((text) => env.DB.prepare(text)),
    )
    const unfinished = () =>
      env.DB.prepare(
        `SELECT (SELECT state FROM imports WHERE id = 'i2') AS import, (SELECT state FROM thread_moves WHERE id = 'm1') AS move,
           (SELECT ended_at IS NULL FROM erasures WHERE id = 'e1') AS erasure,
           (SELECT state FROM bulk_acts WHERE id = 'b1') AS bulk,
           (SELECT max(worked_at) FROM (SELECT worked_at FROM imports WHERE id = 'i2' UNION ALL
             SELECT worked_at FROM erasures WHERE id = 'e1' UNION ALL SELECT worked_at FROM thread_moves WHERE id = 'm1'
             UNION ALL SELECT worked_at FROM bulk_acts WHERE id = 'b1')) AS workedAt`,
      ).first()
    const minute = Math.ceil(Date.now() / 300_000) * 300_000 + 480_000
    const found = { import: 'undoing', move: 'working', erasure: 1, bulk: 'working', workedAt: 1 }
    await sweepAt(minute)
    expect(await unfinished()).toEqual(found)
    await restored(whole)
    await sweepAt(minute)
    await eventually(async () =>
      expect(await unfinished()).toMatchObject({ import: 'undone', move: 'done', erasure: 0, bulk: 'done' }),
    )
  })

  it('under another secret it leaves out who is told by mail, and says so', async () => {
    const other = await forged(whole, (lines) =>
      lines.map((line) => (line.hankyo ? { hankyo: { ...line.hankyo, secret: 'another' } } : line)),
    )
    expect((await restored(other)).at(-1)?.leftOut).toBe(4)
    const after = await dumped()
    expect([after.subscribers, after.subscriptions, after.mail_blocks]).toEqual([[], [], []])
  })
})

describe('A site', () => {
  it('comes to an instance that has others, with the numbers that are free', async () => {
    await addSite({ id: 'here', origins: ['https://here.example'] })
    const ofHere = { origin: 'https://here.example' }
    const url = 'https://here.example/post'
    await posted({ url }, ofHere, 'here')
    await restored(site.slice(0, 1), '?site=blog')
    const meanwhile = await posted({ url, body: 'Meanwhile' }, ofHere, 'here')
    await restored(site, '?site=blog')
    expect((await thread('key=/post')).thread.count).toBe(3)
    expect(await own(mine.id, mine.token)).toMatchObject({ id: mine.id })
    expect((await queue('tab=all&site=here')).items.map(({ id }) => id)).toContain(meanwhile.comment.id)
    const after = await partsOf('site=blog')
    // The pages above were seen just now.
    for (const { name } of exportTables.filter(({ name }) => name !== 'sightings'))
      expect(rowsIn(after, name).length, name).toBe(rowsIn(site, name).length)
    const left = await env.DB.prepare("SELECT count(*) AS n FROM comments WHERE id GLOB 'restore *'").first()
    expect(left).toEqual({ n: 0 })
    const named = await env.DB.prepare(
      `SELECT i.id, k.body FROM comments c JOIN imports i ON i.number = c.import_number
         JOIN subscriptions s ON s.comment_seq = c.seq JOIN comments k ON k.seq = s.comment_seq`,
    ).first()
    expect(named).toEqual({ id: 'i3', body: 'An answer' })
    const { results: broken } = await env.DB.prepare('PRAGMA foreign_key_check').all()
    expect(broken).toEqual([])
  })

  it('has its learner know the pages of its lessons by their numbers there', async () => {
    const keyOf = async (id: number | undefined) =>
      (await env.DB.prepare('SELECT key FROM threads WHERE id = ?').bind(id).first<{ key: string }>())?.key
    const pages = async () => {
      const { results } = await env.DB.prepare('SELECT lessons FROM lesson_packs').all<{ lessons: string }>()
      const lessons: { page?: number }[] = results.flatMap((row) => JSON.parse(row.lessons))
      return Promise.all(lessons.map(({ page }) => keyOf(page)))
    }
    await restored(whole)
    const known = await pages()
    expect(known).toContain('/post')
    const { thread_id: page } = rowsIn(site, 'comments')[0] as { thread_id: number }
    const ground = { pages: 1, familiar: [page] }
    const taught = await forged(site, (lines) =>
      lines.map((line) =>
        line.learners ? { learners: { ...line.learners, model: JSON.stringify({ ground }) } } : line,
      ),
    )
    await emptyDatabases()
    await addSite({ id: 'here', origins: ['https://here.example'] })
    for (const key of ['/one', '/two'])
      await posted({ key, url: `https://here.example${key}` }, { origin: 'https://here.example' }, 'here')
    await restored(taught, '?site=blog')
    expect(await pages()).toEqual(known)
    const row = await env.DB.prepare("SELECT model FROM learners WHERE site_id = 'blog'").first<{
      model: string
    }>()
    const { familiar } = JSON.parse(row?.model ?? '').ground
    expect(await keyOf(familiar[0])).toBe('/post')
    expect(familiar[0]).not.toBe(page)
  })

  it('that was removed comes back with its log told once, and without what was erased or withdrawn since', async () => {
    await restored(whole)
    const bare = async (method: string, path: string, body?: unknown) =>
      expect((await asOperator(method, path, body)).status).toBeLessThan(300)
    const [gone] = (await queue('tab=all&site=blog')).items.filter(({ body }) => body.startsWith('Waits'))
    await bare('DELETE', `/v1/authors/${gone?.author.id}`)
    await eventually(async () => {
      const row = await env.DB.prepare('SELECT count(*) AS n FROM erasures WHERE ended_at IS NULL').first()
      expect(row).toEqual({ n: 0 })
    })
    const removed = await call('DELETE', `/v1/sites/blog/comments/${mine.id}`, { token: mine.token })
    expect(removed.status).toBeLessThan(300)
    for (let done = false; !done; )
      ({ done } = await json<{ done: boolean }>(asOperator('DELETE', '/v1/sites/blog')))
    const logged = async () => {
      const { results } = await env.DB.prepare(
        "SELECT id FROM events WHERE site_id = 'blog' AND act = 'comment.approve'",
      ).all()
      return results.length
    }
    const before = await logged()
    let [result] = await restored(site, '?site=blog')
    for (const text of site) result = await json<RestoredPart>(restorePart(text, '?site=blog'))
    while (!result?.ended) result = await json<RestoredPart>(restorePart(site.at(-1) as string, '?site=blog'))
    expect(await logged()).toBe(before)
    const text = JSON.stringify(await dumped())
    const words = ['An answer', 'Waits 🙂', 'Said better', 'mika@mail.example']
    expect(words.filter((word) => text.includes(word))).toEqual(['An answer'])
  })

  it('is refused where one of its name is, or where the file is of something else', async () => {
    await addSite()
    expect((await restorePart(site[0] as string, '?site=blog')).status).toBe(409)
    expect((await restorePart(site[0] as string)).status).toBe(400)
    expect((await restorePart(whole[0] as string)).status).toBe(409)
  })

  it('as its owner exported it, it has all but what tells readers apart', async () => {
    const poor = await forged(site, (lines) =>
      lines
        .filter(({ likes, subscribers, subscriptions }) => !likes && !subscribers && !subscriptions)
        .map((line) => {
          const { token_hash, ...author } = line.authors ?? {}
          if (line.authors) return { authors: author }
          return line.hankyo ? { hankyo: { ...line.hankyo, complete: false, secret: null } } : line
        }),
    )
    await restored(poor, '?site=blog')
    expect((await thread('key=/post')).thread.count).toBe(3)
  })
})

describe('What is refused leaves nothing', () => {
  const at = (table: string, change: Row) => (lines: Line[]) => {
    const first = lines.findIndex((line) => line[table])
    return lines.map((line, index) => (index === first ? { [table]: { ...line[table], ...change } } : line))
  }
  it.each<[string, (lines: Line[]) => Line[], RegExp]>([
    ['an unknown table', (lines) => [...lines, { sessions: { id: 'x' } }], /nothing called sessions/],
    ['an unknown column', at('comments', { karma: 1 }), /no karma/],
    ['a column that no file has', at('comments', { address: 'x' }), /no address/],
    ['a value of another kind', at('comments', { name: { a: 1 } }), /texts, numbers and null/],
    ['a text for a number', at('comments', { created_at: 'today' }), /cannot/],
    ['a status that there is none of', at('comments', { status: 'great' }), /CHECK/],
    ['another site’s row', at('threads', { site_id: 'other' }), /another site/],
    [
      'a row of no site',
      (lines) => [
        ...lines,
        { events: { at: 1, actor_kind: 'staff', actor_id: 'x', actor_name: 'x', act: 'y' } },
      ],
      /another site/,
    ],
    ['a number beyond', at('comments', { parent_seq: 999_999 }), /no number of this export/],
    ['an address that runs', at('comments', { url: 'javascript:alert(1)' }), /no web address/],
    [
      'a link that runs',
      at('comments', {
        content: JSON.stringify([{ type: 'link', href: 'javascript:alert(1)', children: [] }]),
      }),
      /no tree/,
    ],
    ['a tree of something else', at('comments', { content: '[{"type":"script"}]' }), /no tree/],
    ['no JSON', at('comments', { findings: '[' }), /not the JSON/],
    [
      'numbers that leave no room for others',
      (lines) => {
        const head = lines[0]?.hankyo as unknown as ExportHead
        const most = { ...head.numbers, comments: Number.MAX_SAFE_INTEGER }
        return at('hankyo', { numbers: most })(lines)
      },
      /first line says/,
    ],
    ['a newer schema', at('hankyo', { schema: '9999_later.sql' }), /newer Hankyo/],
    ['a newer format', at('hankyo', { format: 2, more: 1 }), /newer Hankyo/],
  ])('%s', async (_, change, message) => {
    const wrong = await forged([site[0] as string], change)
    const answer = await restorePart(wrong[0] as string, '?site=blog')
    expect(answer.status).toBe(400)
    expect(await answer.text()).toMatch(message)
    const after = await dumped()
    for (const rows of Object.values(after)) expect(rows).toEqual([])
  })

  it('a line that somebody changed, cut off or left out', async () => {
    const [text = ''] = site
    const lines = text.split('\n')
    for (const wrong of [
      text.replace('Said better', 'Said worse'),
      [...lines.slice(0, 3), ...lines.slice(4)].join('\n'),
      text.slice(0, text.length / 2),
      '',
      'null',
      '[]',
      '{"part":null}',
    ]) {
      const answer = await restorePart(wrong, '?site=blog')
      expect(answer.status, wrong.slice(-50)).toBe(400)
      await answer.arrayBuffer()
    }
    for (const rows of Object.values(await dumped())) expect(rows).toEqual([])
  })

  it('but for the operator nobody may', async () => {
    const answer = await call('POST', '/v1/restores?site=blog', { body: site[0] as string })
    expect(answer.status).toBe(401)
  })
})

it('a part takes fewer than fifty statements', async () => {
  for (const text of whole) {
    const { statements, result } = await costOf(() => restorePart(text))
    expect(result.status).toBe(200)
    expect(statements.length).toBeLessThan(50)
  }
  const head = linesOf(whole[0] as string)[0]?.hankyo as unknown as ExportHead
  expect(partIn(whole.at(-1) as string).export).toBe(head.id)
})
