import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CommentHistory } from '../../../worker/contract/commentHistory.ts'
import type { Health } from '../../../worker/contract/health.ts'
import type { ImportChecked } from '../../../worker/contract/importChecks.ts'
import type { ImportedComment, ImportView } from '../../../worker/contract/imports.ts'
import type { Env } from '../../../worker/env.ts'
import { counting } from '../counted.ts'
import { begun, brought, imported, slice } from '../importing.ts'
import { betweenJobs, deliver, eventually, fetchIn, losing, sweepAt, sweepComments } from '../jobs.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  comment,
  decide,
  decided,
  host,
  json,
  post,
  posted,
  queue,
  thread,
} from '../product.ts'

beforeEach(() => addSite())

const view = (id: string) => json<ImportView>(asOperator('GET', `/v1/imports/${id}`))
const state = (id: string) => eventually(async () => expect((await view(id)).state).toBe('undone'))
const old = () => thread('key=/old')

const move = (from: string, to: string) =>
  json(asOperator('POST', '/v1/thread-moves', { id: crypto.randomUUID(), site: 'blog', from, to }), 202)

/** Comments of threads that go into another. */
const onTheirWay = async () =>
  (
    await env.DB.prepare(
      'SELECT c.id FROM comments c JOIN threads t ON t.id = c.thread_id WHERE t.moved_to IS NOT NULL',
    ).all<{ id: string }>()
  ).results

/** Sends a slice; when its comments are about to be stored, something else happens first. */
async function sentWhile(id: string, comments: ImportedComment[], meanwhile: () => Promise<void>) {
  let isReady = false
  const DB = new Proxy(env.DB, {
    get: (db, name: keyof D1Database) => {
      if (name === 'prepare')
        return (text: string) => {
          isReady ||= text.includes('INSERT INTO comments')
          return db.prepare(text)
        }
      if (name !== 'batch') return (db[name] as () => unknown).bind(db)
      return async (statements: D1PreparedStatement[]) => {
        const first = isReady ? meanwhile : null
        if (first) {
          meanwhile = async () => {}
          await first()
        }
        return db.batch(statements)
      }
    },
  })
  const threads = [...new Set(comments.map(({ key }) => key))]
  const request = new Request(`${host}/v1/imports/${id}/slices`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.OPERATOR_KEY}` },
    body: JSON.stringify({
      threads: threads.map((key) => ({ key, url: '', title: '', closed: false })),
      comments,
    }),
  })
  return (await fetchIn({ ...losing, DB } as unknown as Env, request)) as unknown as Response
}

/** All rows of the database but what tells of the import itself. */
async function everything() {
  const besides = [
    'events',
    'imports',
    'sqlite_sequence',
    'unindexed',
    'progress',
    'scrubbing',
    'untaught',
    'learners',
  ]
  const { results } = await env.DB.prepare(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'
       AND name NOT LIKE 'kept\\_%' ESCAPE '\\'`,
  ).all<{ name: string }>()
  const found: Record<string, unknown> = {}
  for (const { name } of results.filter(({ name }) => !besides.includes(name)))
    found[name] = (await env.DB.prepare(`SELECT * FROM ${name}`).all()).results.map(
      ({ version, ...row }) => row,
    )
  return found
}

describe('An import', () => {
  it('keeps the state, time, tree and likes of comments', async () => {
    const root = imported({ likes: 7, editedAt: '2015-04-02T10:00:00.000Z' })
    const answer = imported({ parentId: root.id, body: 'An answer.', createdAt: '2015-04-03T00:00:00.000Z' })
    const deeper = imported({
      parentId: answer.id,
      body: 'And one to it.',
      createdAt: '2015-04-04T00:00:00.000Z',
    })
    const others = (['pending', 'spam', 'rejected', 'deleted'] as const).map((status) => imported({ status }))
    expect(await brought([root, answer, deeper, ...others])).toMatchObject({
      state: 'done',
      added: 7,
      known: 0,
    })
    const page = await old()
    expect(page.thread).toMatchObject({ key: '/old', title: 'Page /old', count: 3 })
    expect(page.items.map(({ id, parentId }) => [id, parentId])).toEqual([
      [root.id, null],
      [answer.id, root.id],
      [deeper.id, answer.id],
    ])
    expect(page.items[0]).toMatchObject({
      ...{ id: root.id, createdAt: root.createdAt, editedAt: root.editedAt, likes: 7 },
      author: { name: 'Aiko' },
    })
    const { items, counts } = await queue('tab=all')
    expect(counts).toMatchObject({ held: 1, spam: 1, all: 7 })
    // Staff sees from where they came.
    const { items: made } = await json<{ items: ImportView[] }>(asOperator('GET', '/v1/imports'))
    for (const item of items) expect(item.imported).toEqual({ id: made[0]?.id, system: 'WordPress (WXR)' })
    const { comment: here } = await posted()
    expect((await queue(`tab=all&ids=${here.id}`)).items[0]).not.toHaveProperty('imported')
    for (const { id, status } of [root, answer, deeper, ...others])
      expect(items.find((item) => item.id === id)?.status).toBe(status)
  })

  it('publishes nothing that waited: a person decides it here, and is told that it waited', async () => {
    const waits = imported({ status: 'pending', decided: true })
    await brought([waits])
    await sweepAt(Date.now() + 3_600_000)
    await sweepAt(Date.now() + 7_200_000)
    const [item] = (await queue('tab=held')).items
    expect(item).toMatchObject({ id: waits.id, verdict: 'hold', findings: [{ code: 'imported' }] })
    expect((await old()).thread.count).toBe(0)
    await decided(waits.id, 'approve')
    expect((await old()).thread.count).toBe(1)
  })

  it('takes no format that is none, no time from before the web, and no change before a comment was written', async () => {
    const asked = { id: crypto.randomUUID(), site: 'blog', format: 'tape', file: 'old', total: 1 }
    expect(await json(asOperator('POST', '/v1/imports', asked), 400)).toMatchObject({
      error: { code: 'invalid', field: 'format' },
    })
    const { id } = await begun()
    for (const [field, more] of [
      ['createdAt', { createdAt: '0001-01-01T00:00:00.000Z' }],
      ['editedAt', { editedAt: '1989-12-31T23:59:59.000Z' }],
      ['editedAt', { editedAt: '2015-04-01T09:59:59.000Z' }],
    ] as const)
      expect(await json(slice(id, [imported(more)]), 400)).toMatchObject({
        error: { code: 'invalid', field: `comments.0.${field}` },
      })
    expect((await queue('tab=all')).counts.all).toBe(0)
  })

  it('is refused where its site is archived meanwhile', async () => {
    const { id } = await begun()
    const answer = sentWhile(id, [imported()], async () => {
      await env.DB.prepare("UPDATE sites SET archived_at = 1 WHERE id = 'blog'").run()
    })
    expect(await json(answer, 403)).toMatchObject({ error: { code: 'thread_closed' } })
  })

  it.each([
    ['to a free key', ['/old'], async () => void (await move('/old', '/new'))],
    ['into another page', ['/old', '/new'], async () => void (await move('/old', '/new'))],
    [
      'back',
      ['/old'],
      async () => {
        const { items } = await json<{ items: { id: string }[] }>(
          asOperator('GET', '/v1/thread-moves?site=blog'),
        )
        await json(asOperator('DELETE', `/v1/thread-moves/${items[0]?.id}`), 202)
      },
    ],
  ])(
    'brings comments to where their page is that moves %s while they are made ready',
    async (way, pages, meanwhile) => {
      for (const key of pages) await approved({ key })
      if (way === 'back') await move('/old', '/new')
      const { id } = await begun()
      const [first, second] = [imported(), imported({ key: '/new' })]
      const comments = way === 'back' ? [first] : [first, second, imported({ parentId: first.id })]
      await sentWhile(id, comments, meanwhile)
      await eventually(async () => {
        const { thread: page, items } = await old()
        const there = [page.count, items.map((item) => item.id)]
        expect(there).toEqual([
          comments.length + pages.length,
          expect.arrayContaining(comments.map((one) => one.id)),
        ])
      })
    },
  )

  it('brings answers to a page whose comments are on their way into another', async () => {
    await approved({ key: '/new' })
    const { id } = await begun()
    // More than go at once.
    for (const length of [100, 100, 1])
      await json(
        slice(
          id,
          Array.from({ length }, () => imported()),
        ),
      )
    const answer = imported()
    await betweenJobs(async () => {
      await move('/old', '/new')
      const parentId = (await onTheirWay())[0]?.id ?? ''
      expect(await json(slice(id, [{ ...answer, parentId }]))).toMatchObject({ added: 1 })
    })
    await sweepAt(Math.ceil(Date.now() / 300_000) * 300_000 + 180_000)
    await eventually(async () => expect(await onTheirWay()).toEqual([]))
    expect((await old()).thread.count).toBe(203)
  })

  it('leaves health to tell since when the oldest comment waits here, however much waits that is older', async () => {
    const { comment } = await posted()
    await env.DB.prepare('UPDATE comments SET created_at = ? WHERE id = ?')
      .bind(Date.now() - 3_600_000, comment.id)
      .run()
    await brought(Array.from({ length: 30 }, () => imported({ status: 'pending' })))
    const { oldestPendingSeconds } = await json<Health>(asOperator('GET', '/v1/health'))
    expect(oldestPendingSeconds).toBeGreaterThanOrEqual(3600)
    expect(oldestPendingSeconds).toBeLessThan(3700)
  })

  it('has names without what turns their direction', async () => {
    const one = imported()
    await brought([{ ...one, author: { ...one.author, name: 'Aik\u202eo' } }])
    expect((await old()).items[0]?.author.name).toBe('Aiko')
  })

  it('brings no comment twice: not by the same slice, the same file, or another import', async () => {
    const comments = [imported(), imported()]
    const { id } = await begun()
    expect(await json(slice(id, [...comments, comments[0] as (typeof comments)[0]]))).toEqual({
      added: 2,
      known: 1,
    })
    expect(await json(slice(id, comments))).toEqual({ added: 0, known: 2 })
    expect(await brought([...comments, imported()])).toMatchObject({ added: 1, known: 2 })
    expect((await old()).thread.count).toBe(3)
  })

  it('adds to what is there: a page, its title and its comments stay', async () => {
    const live = await posted({ key: '/old', title: 'Its title here' })
    await decided(live.comment.id, 'approve')
    await brought([imported({ parentId: null })])
    const { items } = await queue('tab=all')
    await json(
      asOperator('PUT', `/v1/threads/${items[0]?.thread.id}/title`, { title: 'By staff' }),
      200,
    ).catch(() => {})
    await brought([imported()])
    expect((await old()).thread).toMatchObject({ count: 3, title: 'By staff' })
    expect(await json(post(comment({ key: '/old', parentId: live.comment.id })), 202)).toBeTruthy()
  })

  it.each([
    [
      'whose answer came before it',
      () => [imported({ parentId: crypto.randomUUID() })],
      422,
      'unknown_parent',
    ],
    ['without words', () => [imported({ body: ' \n' })], 400, 'missing'],
    [
      'of staff whom nobody knows',
      () => [imported({ author: { ...imported().author, staffId: 'nobody' } })],
      400,
      'invalid',
    ],
    ['with a time that is none', () => [imported({ createdAt: '0000-00-00' })], 400, 'invalid'],
    ['that is too long', () => [imported({ body: 'x'.repeat(65_001) })], 400, 'too_long'],
    ['with a field too much', () => [{ ...imported(), ip: '192.0.2.1' }], 400, 'unknown_field'],
  ])('stores nothing of a slice with a comment %s', async (_, bad, status, code) => {
    const { id } = await begun()
    const answer = await slice(id, [imported(), ...(bad() as ReturnType<typeof imported>[])])
    expect([answer.status, (await json<{ error: { code: string } }>(answer, status)).error.code]).toEqual([
      status,
      code,
    ])
    expect((await queue('tab=all')).counts.all).toBe(0)
  })

  it('keeps a deleted comment without words where others answered it', async () => {
    const gone = imported({ status: 'deleted', body: '' })
    await brought([gone, imported({ parentId: gone.id })])
    const page = await old()
    expect(page.thread.count).toBe(1)
    expect(page.items.map(({ content }) => content.length > 0)).toEqual([false, true])
  })

  it.each(['pending', 'rejected', 'spam'] as const)(
    'shows nothing of a %s comment that was answered: the answer goes where readers see it',
    async (status) => {
      const root = imported()
      const hidden = imported({ parentId: root.id, status })
      const alone = imported({ status })
      const answers = [hidden, alone].map(({ id }) => imported({ parentId: id }))
      await brought([root, hidden, alone, ...answers])
      const page = await old()
      expect(page.thread.count).toBe(3)
      expect(JSON.stringify(page)).not.toMatch(new RegExp(`${hidden.id}|${alone.id}|"gone"`))
      expect(page.items.map(({ parentId }) => parentId).sort()).toEqual([root.id, null, null].sort())
    },
  )

  it('tells nobody: no mail, no event of a new comment, no job of screening', async () => {
    await brought([imported(), imported({ status: 'pending' })])
    expect(await env.DB.prepare('SELECT count(*) AS n FROM outbox').first('n')).toBe(0)
    const { results } = await env.DB.prepare('SELECT act FROM events').all<{ act: string }>()
    expect(results.map(({ act }) => act).filter((act) => !act.startsWith('site.'))).toEqual([
      'import.start',
      'import.end',
    ])
  })

  it('closes the pages that were closed, and says which comments and pages are there', async () => {
    const { id } = await begun()
    const one = imported()
    await json(slice(id, [one], [{ key: '/old', url: '', title: 'Old', closed: true }]))
    expect((await old()).thread.closed).toBeTruthy()
    expect((await post(comment({ key: '/old' }))).status).toBe(403)
    const check = { site: 'blog', ids: [one.id, crypto.randomUUID()], keys: ['/old', '/none'] }
    expect(await json<ImportChecked>(asOperator('POST', '/v1/import-checks', check))).toEqual({
      known: [one.id],
      threads: [{ key: '/old', title: 'Old', count: 1 }],
    })
  })

  it('is begun once, stopped, gone on with and listed', async () => {
    const { id } = await begun()
    const again = { id, site: 'blog', format: 'wxr', file: 'old.xml', total: 10 }
    expect((await asOperator('POST', '/v1/imports', again)).status).toBe(200)
    expect((await asOperator('POST', '/v1/imports', { ...again, format: 'disqus' })).status).toBe(409)
    await json(asOperator('PATCH', `/v1/imports/${id}`, { state: 'stopped' }))
    expect((await slice(id, [imported()])).status).toBe(409)
    await json(asOperator('PATCH', `/v1/imports/${id}`, { state: 'working' }))
    await json(slice(id, [imported()]))
    const done = { state: 'done', leftOut: { pingback: 2 }, errors: 1 }
    expect(await json(asOperator('PATCH', `/v1/imports/${id}`, done))).toMatchObject({ ...done, added: 1 })
    const { items } = await json<{ items: ImportView[] }>(asOperator('GET', '/v1/imports?site=blog'))
    expect(items.map((item) => item.id)).toEqual([id])
  })

  it('keeps what expires by its status for as long after it was imported', async () => {
    await brought([imported({ status: 'spam' }), imported({ status: 'approved' })])
    const spam = async () => (await queue('tab=spam')).counts.spam
    await sweepComments(Date.now())
    expect(await spam()).toBe(1)
    await sweepComments(Date.now() + 400 * 86_400_000)
    expect(await spam()).toBe(0)
  })

  it('stops where the site has no room, and tells of no waiting times of the old system', async () => {
    await brought([imported({ status: 'pending' })])
    const [item] = (await queue('tab=held')).items
    await decided(item?.id ?? '', 'approve')
    const { items } = await json<{ items: { timeToDecision: unknown }[] }>(
      asOperator('GET', '/v1/stats?site=blog'),
    )
    expect(items[0]?.timeToDecision).toBeNull()
    await env.DB.prepare('UPDATE tallies SET bytes = 2000000').run()
    expect((await asOperator('PATCH', '/v1/sites/blog', { settings: { storageLimit: 1 } })).status).toBe(200)
    const { id } = await begun()
    expect((await slice(id, [imported()])).status).toBe(503)
  })

  it('takes a bounded number of statements and rows, whatever is in a slice', async () => {
    const { id } = await begun()
    const roots = Array.from({ length: 50 }, (_, at) => imported({ key: `/old/${at}` }))
    const answers = roots.map(({ id, key }) =>
      imported({ key, parentId: id, decided: true, status: 'approved' }),
    )
    const { environment, count } = counting(losing)
    const threads = roots.map(({ key }) => ({
      key,
      url: `https://blog.example${key}`,
      title: 'A page',
      closed: false,
    }))
    const request = new Request(`${host}/v1/imports/${id}/slices`, {
      method: 'POST',
      headers: { authorization: `Bearer ${env.OPERATOR_KEY}` },
      body: JSON.stringify({ threads, comments: [...roots, ...answers] }),
    })
    expect(await json(fetchIn(environment as Env, request))).toEqual({ added: 100, known: 0 })
    expect(count.statements).toBeLessThanOrEqual(16)
    expect(count.read).toBeLessThanOrEqual(2_000)
    expect(count.written).toBeLessThanOrEqual(2_200)
  })
})

describe('An import that is taken back', () => {
  it('leaves the database as it was before', async () => {
    const live = await posted({ key: '/old' })
    await decided(live.comment.id, 'approve')
    const before = await everything()
    const root = imported({ decided: true })
    const { id } = await brought([
      root,
      imported({ parentId: root.id }),
      imported({ status: 'spam', decided: true, body: 'See https://pills.example now.' }),
      imported({ status: 'pending', key: '/other' }),
      imported({ parentId: root.id, status: 'deleted', body: '' }),
    ])
    const bytes = async () => (await env.DB.prepare('SELECT bytes FROM tallies').first<number>('bytes')) ?? 0
    const full = await bytes()
    // So that no number of it is the last.
    const later = await posted({ key: '/old', body: 'After all of that.' })
    const ofLater = (await bytes()) - full
    expect((await asOperator('DELETE', `/v1/imports/${id}`)).status).toBe(202)
    await state(id)
    expect(await view(id)).toMatchObject({ added: 5, removed: 5 })
    const page = await old()
    expect([page.thread.count, page.items.length]).toEqual([1, 1])
    const after = await everything()
    for (const table of ['threads', 'linked_hosts', 'decisions', 'likes', 'revisions', 'lessons'])
      expect(after[table], table).toEqual(before[table])
    expect(after.authors).toHaveLength((before.authors as unknown[]).length + 1)
    expect((after.comments as { id: string }[]).map(({ id }) => id)).toEqual([
      live.comment.id,
      later.comment.id,
    ])
    const [tally] = after.tallies as Record<string, number>[]
    const [was] = before.tallies as Record<string, number>[]
    expect([tally?.held, tally?.spam, tally?.total]).toEqual([
      (was?.held ?? 0) + 1,
      was?.spam,
      (was?.total ?? 0) + 1,
    ])
    expect((tally?.bytes ?? 0) - ofLater).toBe(was?.bytes)
  })

  it('leaves without words what somebody answered since, and the answer stands', async () => {
    const root = imported({ body: 'Words of the old system.' })
    const { id } = await brought([root, imported({ parentId: root.id })])
    const answer = await posted({ key: '/old', parentId: root.id, body: 'An answer of today.' })
    await decided(answer.comment.id, 'approve')
    await json(asOperator('DELETE', `/v1/imports/${id}`), 202)
    await state(id)
    const page = await old()
    expect(page.thread.count).toBe(1)
    expect(JSON.stringify(page)).toContain('An answer of today.')
    expect(JSON.stringify(page)).not.toContain('Words of the old system.')
  })

  it('goes as a whole where it is the latest there is: one row without words is left, whatever answered what', async () => {
    const chain = Array.from({ length: 60 }, () => imported())
    for (const [at, one] of chain.entries()) one.parentId = chain[at - 1]?.id ?? null
    const { id } = await brought(chain)
    // Asked twice, two jobs are at work.
    await json(asOperator('DELETE', `/v1/imports/${id}`), 202)
    await json(asOperator('DELETE', `/v1/imports/${id}`), 202)
    await state(id)
    expect(await view(id)).toMatchObject({ added: 60, removed: 60 })
    const { results } = await env.DB.prepare('SELECT erased, parent_seq AS parent FROM comments').all()
    expect(results).toEqual([{ erased: 1, parent: null }])
  })

  it('brings back no words of whom was erased when the file is brought again', async () => {
    const author = { id: 'ab'.repeat(16), name: 'Quixote', email: null, url: null, staffId: null }
    const root = imported()
    const theirs = imported({ author, parentId: root.id, body: 'Words of Quixote.' })
    const all = [root, theirs, imported({ parentId: theirs.id })]
    const { id } = await brought(all)
    const [item] = (await queue(`tab=all&ids=${theirs.id}`)).items
    await json(asOperator('DELETE', `/v1/authors/${item?.author.id}`), 202)
    await eventually(async () => expect(JSON.stringify(await old())).not.toContain('Quixote'))
    await json(asOperator('DELETE', `/v1/imports/${id}`), 202)
    await state(id)
    await posted()
    expect(await brought(all)).toMatchObject({ added: 2, known: 1 })
    const rows = await env.DB.prepare('SELECT * FROM comments').all()
    expect(JSON.stringify(rows.results)).not.toContain('Quixote')
    expect((await old()).thread.count).toBe(2)
  })

  it('goes on where a job was lost, takes nothing more, and can be brought again', async () => {
    const comments = Array.from({ length: 120 }, () => imported())
    const { id } = await begun()
    await json(slice(id, comments.slice(0, 100)))
    await json(slice(id, comments.slice(100)))
    const request = new Request(`${host}/v1/imports/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${env.OPERATOR_KEY}` },
    })
    expect((await fetchIn(losing, request)).status).toBe(202)
    expect((await view(id)).state).toBe('undoing')
    expect((await slice(id, [imported()])).status).toBe(409)
    // It looks for lost jobs in every minute but the first of an hour.
    const minute = Math.ceil(Date.now() / 60_000) + 1
    await sweepAt((minute % 60 === 0 ? minute + 1 : minute) * 60_000)
    await state(id)
    await deliver([{ v: 1, import: id, site: 'blog' }])
    expect(await brought(comments.slice(20))).toMatchObject({ added: 100, known: 0 })
  })

  it('takes a page along that two imports had comments on, whichever is taken back first', async () => {
    for (const turned of [false, true]) {
      const both = [await brought([imported()]), await brought([imported(), imported({ status: 'spam' })])]
      // The last of all comments would stay as a row.
      await posted({ key: '/else' })
      for (const { id } of turned ? both.toReversed() : both) {
        await json(asOperator('DELETE', `/v1/imports/${id}`), 202)
        await state(id)
      }
    }
    const { results } = await env.DB.prepare('SELECT key FROM threads').all<{ key: string }>()
    expect(results.map(({ key }) => key)).toEqual(['/else'])
  })

  it('stands in the log, from where it can be taken back', async () => {
    const { id } = await brought([imported()])
    const { items } = await json<{
      items: { act: string; undo: { state: string; request: { method: string; path: string } } }[]
    }>(asOperator('GET', '/v1/audit-log?site=blog'))
    const [end, start] = items
    expect([end?.act, start?.act]).toEqual(['import.end', 'import.start'])
    expect(end?.undo).toEqual({ state: 'open', request: { method: 'DELETE', path: `/v1/imports/${id}` } })
  })
})

it('A decision about an imported comment is a decision like any other', async () => {
  const spam = imported({ status: 'spam', decided: true })
  await brought([spam])
  await json(decide(spam.id, 'approve'))
  expect((await old()).thread.count).toBe(1)
  const history = await json<CommentHistory>(asOperator('GET', `/v1/comments/${spam.id}`))
  expect(JSON.stringify(history)).toContain('approve')
  const own = await call('GET', `/v1/sites/blog/comments/${spam.id}`, {
    token: 'import:00000000000000000000000000000001',
  })
  expect(own.status).toBe(404)
})
