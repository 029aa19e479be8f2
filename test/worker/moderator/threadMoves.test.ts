import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { decide } from '../../../worker/commands/decide.ts'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { StaffThread } from '../../../worker/contract/staffThread.ts'
import type { CheckedMove, ThreadMove } from '../../../worker/contract/threadMoves.ts'
import type { Env } from '../../../worker/env.ts'
import * as subjects from '../../../worker/store/decidedComments.ts'
import { brought, imported } from '../importing.ts'
import { eventually, sweepAt } from '../jobs.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  comment,
  decided,
  json,
  own,
  pageOrigin,
  post,
  posted,
  queue,
  thread,
} from '../product.ts'

import { stored } from '../school.ts'

beforeEach(() => addSite())

const request = (from: string, to: string, more: object = {}) =>
  asOperator('POST', '/v1/thread-moves', { id: crypto.randomUUID(), site: 'blog', from, to, ...more })
const moved = (from: string, to: string) => json<ThreadMove>(request(from, to), 202)
const state = (id: string) => json<ThreadMove>(asOperator('GET', `/v1/thread-moves/${id}`))
const undo = (id: string) => asOperator('DELETE', `/v1/thread-moves/${id}`)
const undone = async (id: string) => {
  await json(undo(id), 202)
  await eventually(async () => expect((await state(id)).state).toBe('undone'))
}
const at = (key: string) => ({ key, url: `${pageOrigin}${key}`, title: `Page ${key}` })
const ids = async (key: string) => (await thread(`key=${key}`)).items.map(({ id }) => id)
const counts = async (...keys: string[]) =>
  (
    await json<{ counts: Record<string, number> }>(
      call('GET', `/v1/sites/blog/counts?${keys.map((key) => `key=${key}`).join('&')}`),
    )
  ).counts
/** So many shown comments more in a thread, each like one of it. */
const crowd = (id: string, key: string, more: number) =>
  env.DB.batch([
    env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO comments (id, site_id, thread_id, author_id, author_public_id, name, status, body, content, body_hash,
         request_hash, created_at, elapsed_ms, shown_revision, shown_version)
       SELECT printf('00000000-0000-4000-8000-%012d', i), site_id, thread_id, author_id, author_public_id, name, status,
         body, content, body_hash, request_hash, created_at + i, 0, 1, shown_version + i FROM n, comments WHERE id = ?`,
    ).bind(more, id),
    env.DB.prepare('UPDATE threads SET count = count + ?1, version = version + ?1 WHERE key = ?2').bind(
      more,
      key,
    ),
  ])
const lines = async () => (await json<Page<AuditEntry>>(asOperator('GET', '/v1/audit-log'))).items

describe('A thread that moves to a free key', () => {
  it('is read, counted, followed and answered under either key', async () => {
    const { comment: first } = await approved(at('/old'))
    const move = await moved('/old', '/new')
    expect(move).toMatchObject({ from: '/old', to: '/new', merged: false, state: 'done', undoable: true })
    for (const key of ['/old', '/new']) {
      const page = await thread(`key=${key}`)
      expect(page.thread).toMatchObject({ key, count: 1, url: `${pageOrigin}/new` })
      expect(page.items).toMatchObject([{ id: first.id }])
    }
    expect(await counts('/old', '/new', '/other')).toEqual({ '/old': 1, '/new': 1, '/other': 0 })
    const reply = await approved({ ...at('/old'), parentId: first.id })
    expect(reply.comment.parentId).toBe(first.id)
    await approved({ ...at('/new'), parentId: first.id })
    expect((await thread('key=/new')).thread.count).toBe(3)
    for (const key of ['/old', '/new']) {
      const feed = await json<{ items: unknown[] }>(call('GET', `/v1/sites/blog/feed.json?key=${key}`))
      expect(feed.items).toHaveLength(3)
    }
    expect(new Set((await queue('tab=all')).items.map((item) => item.thread.key))).toEqual(new Set(['/new']))
  })

  it('keeps what staff set, and what its authors may do', async () => {
    const { comment: first, token } = await approved(at('/old'))
    const [item] = (await queue('tab=all')).items
    await asOperator('POST', `/v1/threads/${item?.thread.id}/closure`)
    await call('PUT', `/v1/sites/blog/comments/${first.id}/like`, { token: 'reader-0123456789-0123456789' })
    await moved('/old', '/new')
    const page = await thread('key=/new')
    expect(page.thread.closed).not.toBeNull()
    expect(page.items[0]).toMatchObject({ id: first.id, likes: 1 })
    expect((await post(comment(at('/old')))).status).toBe(403)
    expect(await own(first.id, token)).toMatchObject({ id: first.id, own: { status: 'approved' } })
  })

  it('is found under every key that it had, however often it moves, and back', async () => {
    const { comment: first } = await approved(at('/a'))
    await moved('/a', '/b')
    const second = await moved('/b', '/c')
    for (const key of ['/a', '/b', '/c']) expect(await ids(key)).toEqual([first.id])
    await moved('/c', '/a')
    for (const key of ['/a', '/b', '/c']) expect(await ids(key)).toEqual([first.id])
    expect((await thread('key=/b')).thread.url).toBe(`${pageOrigin}/a`)
    expect((await undo(second.id)).status).toBe(409)
    const rows = await env.DB.prepare('SELECT key, moved_to FROM threads').all()
    expect(rows.results.filter((row) => row.moved_to === null)).toHaveLength(1)
  })

  it('has its old key alone once that is undone, step by step', async () => {
    const { comment: first } = await approved(at('/a'))
    const one = await moved('/a', '/b')
    const two = await moved('/b', '/a')
    const three = await moved('/a', '/c')
    expect(await state(one.id)).toMatchObject({ undoable: false })
    for (const move of [three, two, one]) await undone(move.id)
    expect(await ids('/a')).toEqual([first.id])
    expect([await ids('/b'), await ids('/c')]).toEqual([[], []])
    expect((await undo(one.id)).status).toBe(409)
  })

  it('is no page to move from where its key only leads to another, nor where nothing is', async () => {
    await approved(at('/a'))
    await moved('/a', '/b')
    expect((await request('/a', '/c')).status).toBe(404)
    expect((await request('/nothing', '/c')).status).toBe(404)
    expect((await request('/b', '/b')).status).toBe(400)
  })
})

describe('A thread that goes into another', () => {
  it('has all its comments there, in their order, under both keys', async () => {
    const one = await approved(at('/old'))
    const two = await approved(at('/new'))
    const three = await approved({ ...at('/old'), parentId: one.comment.id })
    const waits = await posted(at('/old'))
    const before = await thread('key=/new')
    const move = await moved('/old', '/new')
    expect(move).toMatchObject({ merged: true, state: 'done', moved: 3 })
    for (const key of ['/old', '/new']) {
      const page = await thread(`key=${key}`)
      expect(page.items.map(({ id }) => id)).toEqual([one, three, two].map((made) => made.comment.id))
      expect(page.thread.count).toBe(3)
    }
    expect(await counts('/old', '/new')).toEqual({ '/old': 3, '/new': 3 })
    const news = await thread(`key=/new&since=${before.thread.version}`)
    expect(news.items.map(({ id }) => id)).toEqual([one.comment.id, three.comment.id])
    await decided(waits.comment.id, 'approve')
    expect((await thread('key=/old')).thread.count).toBe(4)
  })

  it('takes posts and answers under its old key, which stand in the other', async () => {
    const one = await approved(at('/old'))
    const two = await approved(at('/new'))
    await moved('/old', '/new')
    const three = await approved({ ...at('/old'), parentId: two.comment.id })
    const four = await approved({ ...at('/new'), parentId: one.comment.id })
    const five = await approved(at('/old'))
    expect((await thread('key=/new')).thread.count).toBe(5)
    expect(await ids('/new')).toEqual([one, four, two, three, five].map((made) => made.comment.id))
  })

  it('never takes a reader for one who has the other thread', async () => {
    await approved(at('/old'))
    await approved(at('/new'))
    const seen = async (key: string) =>
      (await call('GET', `/v1/sites/blog/thread?key=${key}`)).headers.get('etag') as string
    const tags = { old: await seen('/old'), new: await seen('/new') }
    expect(tags.old).toBe(tags.new)
    const move = await moved('/old', '/new')
    const ask = (key: string, etag: string) =>
      call('GET', `/v1/sites/blog/thread?key=${key}`, { headers: { 'if-none-match': etag } })
    expect((await ask('/old', tags.old)).status).toBe(200)
    expect((await ask('/new', tags.new)).status).toBe(200)
    const merged = await seen('/old')
    expect((await ask('/old', merged)).status).toBe(304)
    await undone(move.id)
    expect((await ask('/old', merged)).status).toBe(200)
  })

  it('goes on with a cursor from before', async () => {
    await crowd((await approved(at('/old'))).comment.id, '/old', 60)
    await approved(at('/new'))
    const page = await thread('key=/old')
    expect(page.next).not.toBeNull()
    await moved('/old', '/new')
    const rest = await thread(`key=/old&cursor=${page.next}`)
    const all = [...page.items, ...rest.items].map(({ id }) => id)
    // The one of the other page may stand before the cursor: it came while this page was read.
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBeGreaterThanOrEqual(61)
  })

  it('is undone whole: every comment goes back, and what answers it since', async () => {
    const one = await approved(at('/old'))
    const two = await approved(at('/new'))
    const move = await moved('/old', '/new')
    const answer = await approved({ ...at('/new'), parentId: one.comment.id })
    const hidden = await posted({ ...at('/new'), parentId: answer.comment.id })
    const later = await approved(at('/old'))
    await undone(move.id)
    expect(await ids('/old')).toEqual([one.comment.id, answer.comment.id])
    expect(await ids('/new')).toEqual([two.comment.id, later.comment.id])
    expect(await counts('/old', '/new')).toEqual({ '/old': 2, '/new': 2 })
    await decided(hidden.comment.id, 'approve')
    expect(await counts('/old', '/new')).toEqual({ '/old': 3, '/new': 2 })
  })

  it('gives back all answers that came since, where a slice is full of comments', async () => {
    const { comment: first } = await approved(at('/old'))
    await crowd(first.id, '/old', 199)
    await approved(at('/new'))
    const { id } = await moved('/old', '/new')
    const { comment: answer } = await approved({ ...at('/new'), parentId: first.id })
    await approved({ ...at('/old'), parentId: answer.id })
    await approved({ ...at('/new'), parentId: first.id })
    await undone(id)
    expect(await counts('/old', '/new')).toEqual({ '/old': 203, '/new': 1 })
    expect(await ids('/new')).not.toContain(answer.id)
  })

  it('is undone also where the other thread took its key meanwhile, and gave it back', async () => {
    const { comment: one } = await approved(at('/a'))
    const { comment: other } = await approved(at('/b'))
    const merge = await moved('/a', '/b')
    const move = await moved('/b', '/a')
    for (const key of ['/a', '/b']) expect((await ids(key)).toSorted()).toEqual([one.id, other.id].toSorted())
    expect((await undo(merge.id)).status).toBe(409)
    await undone(move.id)
    for (const key of ['/a', '/b']) expect((await ids(key)).toSorted()).toEqual([one.id, other.id].toSorted())
    await undone(merge.id)
    expect(await ids('/a')).toEqual([one.id])
    expect(await ids('/b')).toEqual([other.id])
  })

  it('leads its own old keys along, and gives them back', async () => {
    const { comment: first } = await approved(at('/a'))
    const { comment: other } = await approved(at('/c'))
    await moved('/a', '/b')
    const merge = await moved('/b', '/c')
    for (const key of ['/a', '/b', '/c']) expect(await ids(key)).toEqual([first.id, other.id])
    await moved('/c', '/d')
    expect(await ids('/a')).toEqual([first.id, other.id])
    await undone(merge.id)
    for (const key of ['/a', '/b']) expect(await ids(key)).toEqual([first.id])
    for (const key of ['/c', '/d']) expect(await ids(key)).toEqual([other.id])
  })

  it('has the other take over that it is closed and checked, until that is undone', async () => {
    await approved(at('/old'))
    await approved(at('/new'))
    const items = (await queue('tab=all')).items
    const idOf = (key: string) => items.find((item) => item.thread.key === key)?.thread.id
    await asOperator('POST', `/v1/threads/${idOf('/old')}/closure`)
    await asOperator('POST', `/v1/threads/${idOf('/old')}/check`)
    const move = await moved('/old', '/new')
    const facts = (id: unknown) => json<StaffThread>(asOperator('GET', `/v1/threads/${id}`))
    expect(await facts(idOf('/old'))).toMatchObject({
      id: idOf('/new'),
      checked: true,
      closed: { by: 'staff' },
    })
    await undone(move.id)
    expect(await facts(idOf('/new'))).toMatchObject({ checked: false, closed: null })
    expect(await facts(idOf('/old'))).toMatchObject({ checked: true, closed: { by: 'staff' } })
  })

  it('has three pinned comments at most: its own lose theirs first, as was told, until that is undone', async () => {
    const pin = (id: string) => asOperator('PUT', `/v1/comments/${id}/pin`)
    const pinnedAt = async (key: string) =>
      (await thread(`key=${key}`)).items.filter(({ pinned }) => pinned).map(({ id }) => id)
    const put = async (key: string, name: string) => {
      const { comment: one } = await approved({ ...at(key), author: { name } })
      expect((await pin(one.id)).status).toBeLessThan(300)
      return one.id
    }
    const [earliest, middle, latest] = [
      await put('/old', 'Ada'),
      await put('/old', 'Bea'),
      await put('/old', 'Cy'),
    ]
    const own = [await put('/new', 'Di'), await put('/new', 'Ed')]
    const moves = [{ from: '/old', to: '/new' }]
    const { items } = await json<{ items: CheckedMove[] }>(
      asOperator('POST', '/v1/thread-move-checks', { site: 'blog', moves }),
    )
    expect(items[0]?.unpinned.map(({ name }) => name).sort()).toEqual(['Ada', 'Bea'])
    const move = await moved('/old', '/new')
    expect((await pinnedAt('/new')).sort()).toEqual([latest, ...own].sort())
    await undone(move.id)
    expect((await pinnedAt('/old')).sort()).toEqual([earliest, middle, latest].sort())
    expect((await pinnedAt('/new')).sort()).toEqual([...own].sort())
  })

  it('is brought in slices, and goes on where a job is lost', async () => {
    await crowd((await approved(at('/old'))).comment.id, '/old', 450)
    await approved(at('/new'))
    const move = await moved('/old', '/new')
    expect(move).toMatchObject({ state: 'working', moved: 200 })
    expect((await request('/new', '/elsewhere')).status).toBe(409)
    await eventually(async () => expect(await state(move.id)).toMatchObject({ state: 'done', moved: 451 }))
    expect(await counts('/old', '/new')).toEqual({ '/old': 452, '/new': 452 })
    await json(undo(move.id), 202)
    await eventually(async () =>
      expect(await state(move.id)).toMatchObject({ state: 'undone', restored: 451 }),
    )
    expect(await counts('/old', '/new')).toEqual({ '/old': 451, '/new': 1 })
  })
})

it('Decisions count in the threads where their comments are by then, of one slice or another', async () => {
  await addSite({ id: 'held', name: 'Held', policy: 'premoderate' })
  const made = await stored('held', ['One.', 'Two.', 'Three.', 'Four.'], { key: '/old' })
  await stored('held', ['Elsewhere.'], { key: '/new' })
  const found = await subjects.byIds(env.DB, made)
  const rulings = made.map((id) => ({
    ...{ subject: found.get(id) as subjects.Subject, action: 'approve' as const, reason: null },
  }))
  // As a slice of a merge does, once the comments are read.
  await env.DB.prepare(
    "UPDATE comments SET thread_id = (SELECT id FROM threads WHERE key = '/new') WHERE id IN (?, ?, ?)",
  )
    .bind(...made.slice(1))
    .run()
  const world = { env: env as unknown as Env, db: env.DB, now: Date.now(), defer: () => {}, happened: [] }
  const operator = { kind: 'operator', id: 'operator', name: 'operator' } as const
  await decide(world, operator, rulings)
  const { results } = await env.DB.prepare(
    "SELECT key, count FROM threads WHERE site_id = 'held' ORDER BY key",
  ).all()
  expect(results).toEqual([
    { key: '/new', count: 3 },
    { key: '/old', count: 1 },
  ])
})

it('An import brings the comments of a page that moved into the thread which answers for it', async () => {
  const { comment: first } = await approved(at('/old'))
  await approved(at('/new'))
  await moved('/old', '/new')
  const old = imported({ key: '/old' })
  expect(await brought([old])).toMatchObject({ added: 1 })
  expect(await ids('/new')).toEqual(expect.arrayContaining([old.id, first.id]))
  expect(await counts('/old', '/new')).toEqual({ '/old': 3, '/new': 3 })
})

it('A check tells what moves would come to, and moves nothing', async () => {
  await approved(at('/a'))
  await approved(at('/b'))
  await approved(at('/c'))
  await moved('/c', '/d')
  const pairs = [
    ['/a', '/x'],
    ['/a', '/b'],
    ['/a', '/a'],
    ['/c', '/d'],
    ['/none', '/x'],
    ['/a', '/c'],
  ]
  const body = { site: 'blog', moves: pairs.map(([from, to]) => ({ from, to: `${pageOrigin}${to}` })) }
  const { items } = await json<{ items: CheckedMove[] }>(asOperator('POST', '/v1/thread-move-checks', body))
  expect(items.map(({ outcome }) => outcome)).toEqual(['move', 'merge', 'same', 'same', 'none', 'merge'])
  expect(items[1]).toMatchObject({ thread: { key: '/a', title: 'Page /a', count: 1 }, other: { key: '/b' } })
  expect(await ids('/x')).toEqual([])
})

it('The log tells of moves, and undoes them', async () => {
  await approved(at('/a'))
  await approved(at('/b'))
  await moved('/a', '/c')
  await moved('/c', '/b')
  const undoLine = async (act: string) => {
    const line = (await lines()).find((one) => one.act === act)
    expect(line?.undo?.state).toBe('open')
    const { method, path } = line?.undo?.request ?? { method: '', path: '' }
    expect((await asOperator(method, path)).status).toBe(202)
  }
  const [merge, move] = await lines()
  expect(merge).toMatchObject({
    act: 'thread.merge',
    details: { from: '/c', to: '/b' },
    thread: { key: '/b' },
  })
  expect(move).toMatchObject({ act: 'thread.move', undo: { state: 'changed', request: null } })
  await undoLine('thread.merge')
  await undoLine('thread.move')
  expect((await lines()).slice(0, 2).map(({ act }) => act)).toEqual(['thread.unmove', 'thread.unmerge'])
  expect([(await ids('/a')).length, (await ids('/b')).length, (await ids('/c')).length]).toEqual([1, 1, 0])
})

it('The same request again moves nothing more, and another by its id is refused', async () => {
  await approved(at('/a'))
  const id = crypto.randomUUID()
  const first = await json<ThreadMove>(request('/a', '/b', { id }), 202)
  expect(await json<ThreadMove>(request('/a', '/b', { id }), 202)).toEqual(first)
  await approved(at('/z'))
  expect((await request('/z', '/y', { id })).status).toBe(409)
})

it('A sweep sends the jobs of moves again that are lost', async () => {
  await approved(at('/old'))
  await approved(at('/new'))
  const move = await moved('/old', '/new')
  await env.DB.prepare("UPDATE thread_moves SET state = 'working', worked_at = 0 WHERE id = ?")
    .bind(move.id)
    .run()
  await sweepAt(Math.ceil(Date.now() / 300_000) * 300_000 + 180_000)
  await eventually(async () => expect((await state(move.id)).state).toBe('done'))
})
