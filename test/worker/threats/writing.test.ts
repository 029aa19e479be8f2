import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { nest } from '../../../widget/thread/model/tree.ts'
import type { Comment, Posted } from '../../../worker/contract/comment.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import { memory } from '../../../worker/http/isolateCache.ts'
import { threadElement } from '../../../worker/pages/threadElement.tsx'
import {
  approved,
  asOperator,
  call,
  comment,
  decided,
  host,
  json,
  pageOrigin,
  post,
  posted,
  queue,
  thread,
} from '../product.ts'
import { claiming, foreignOrigins } from './data.ts'
import {
  addSites,
  base,
  bodied,
  bodiless,
  form,
  operator,
  other,
  reads,
  seen,
  stored,
  token,
  written,
} from './product.ts'

beforeEach(addSites)

describe('Row 15: bodies too large, too deep or malformed', () => {
  /** A body without a length that goes on for 20 MB, and how much of it was taken. */
  function endless(sign: string) {
    const taken = { bytes: 0 }
    const chunk = new TextEncoder().encode(sign.repeat(16_384))
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        taken.bytes += chunk.length
        controller.enqueue(chunk)
        if (taken.bytes > 20_000_000) controller.close()
      },
    })
    return { body, taken }
  }

  it('are read to the limit and no further, whatever their headers say of them', async () => {
    const claimed = [
      ['accept', '*/*'],
      ['content-length', '10'],
      ['content-encoding', 'gzip'],
    ] as const
    for (const { name, method, path, options, limit } of await bodied())
      for (const [header, value] of claimed) {
        const { body, taken } = endless(' ')
        const answer = await call(method, path, {
          ...options,
          body,
          headers: { ...options?.headers, [header]: value },
        })
        if (path.startsWith('/t/')) expect(answer.status).toBe(413)
        else {
          const { error } = await json<ErrorBody>(answer, 413)
          expect(error, name).toMatchObject({ code: 'too_large', limit })
        }
        expect(taken.bytes).toBeLessThan(limit + 1_000_000)
      }
  })

  it('are refused unread where their length says too much', async () => {
    for (const { method, path, options, limit } of await bodied()) {
      const { body, taken } = endless(' ')
      const headers = { ...options?.headers, 'content-length': String(limit + 1) }
      expect((await call(method, path, { ...options, body, headers })).status).toBe(413)
      expect(taken.bytes).toBeLessThan(100_000)
    }
  })

  it('are not read where none is asked for', async () => {
    const { comment: one } = await approved()
    for (const [method, path, options] of bodiless(one.id)) {
      const { body, taken } = endless('[')
      const answer = await call(method, path, { ...options, body })
      expect(answer.status, path).toBeLessThan(500)
      expect(taken.bytes).toBeLessThan(1_000_000)
    }
  })

  it('get a plain answer, however they are broken', async () => {
    const gzip = new Response(
      new Blob(['0'.repeat(5_000_000)]).stream().pipeThrough(new CompressionStream('gzip')),
    )
    const bomb = new Uint8Array(await gzip.arrayBuffer())
    const broken: [string, unknown, Record<string, string>?][] = [
      ['brackets', '['.repeat(100_000)],
      ['whole brackets', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
      ['nothing', ''],
      ['half', '{"id":'],
      ['no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe])],
      ['U+0000', '\0'],
      ['a bomb', bomb, { 'content-encoding': 'gzip' }],
      ['a bomb of another name', bomb, { 'content-encoding': 'br' }],
      ['another type', '<x/>', { 'content-type': 'application/xml' }],
      [
        'parts',
        '--x\r\ncontent-disposition: form-data; name="body"\r\n\r\nx\r\n--x--',
        { 'content-type': 'multipart/form-data; boundary=x' },
      ],
      ['a list', '[[]]'],
      ['null', 'null'],
    ]
    expect(bomb.length).toBeLessThan(100_000)
    for (const { name, method, path, options } of await bodied())
      for (const [what, body, headers] of broken) {
        const answer = await call(method, path, {
          ...options,
          body,
          headers: { 'content-type': 'application/json', ...options?.headers, ...headers },
        })
        expect(answer.status, `${name}: ${what}`).toBe(400)
      }
    const deep = `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`
    for (const { name, method, path, options } of await bodied())
      expect((await call(method, path, { ...options, body: deep })).status, name).toBeLessThan(500)
    expect(await stored()).toBe(2)
  })

  it.each([
    ['POST', '/v1/sites', { id: 'more', name: 'More', origins: [pageOrigin], settings: [] }, 'settings'],
    ['PATCH', '/v1/sites/blog', { settings: [] }, 'settings'],
    ['PATCH', '/v1/sites/blog', { settings: { holdNight: [] } }, 'settings.holdNight'],
    ['POST', '/v1/sites/blog/policy-preview', { settings: [] }, 'settings'],
    ['POST', '/v1/sites/blog/policy-preview', { lists: [] }, 'lists'],
    ['POST', '/v1/sites/blog/comments', { ...comment(), author: [] }, 'author'],
    ['POST', '/v1/decisions', [[]], '0'],
    ['POST', '/v1/sign-in-links', [], undefined],
  ])('get 400 where an empty list stands for an object (%s %s %j)', async (method, path, body, field) => {
    const asked = path.endsWith('comments') ? call(method, path, { body }) : asOperator(method, path, body)
    const { error } = await json<ErrorBody>(asked, 400)
    expect(error.code).toBe('wrong_type')
    expect(error.field).toBe(field)
  })

  /** A chain in which each comment answers the one before, as a thread page lists it. */
  const chain = (length: number): Comment[] =>
    Array.from({ length }, (_, index) => ({
      id: `c${index}`,
      parentId: index === 0 ? null : `c${index - 1}`,
      author: { id: 'a', name: `Name ${index}`, url: null },
      content: ['x'],
      createdAt: '2026-01-01T00:00:00.000Z',
      editedAt: null,
      likes: 0,
      replies: { count: index === 0 ? length - 1 : 1, next: null },
    }))

  it('a thread ten thousand deep is drawn flat', async () => {
    const items = chain(10_000)
    let deepest = 0
    const open = nest(items)
    let drawn = 0
    while (open.length > 0) {
      const branch = open.pop() as (typeof open)[number]
      drawn++
      deepest = Math.max(deepest, branch.level)
      open.push(...branch.replies)
    }
    expect([drawn, deepest]).toEqual([10_000, 4])

    const { thread: head } = await thread()
    const page: ThreadPage = { thread: { ...head, count: 10_000 }, items, next: null }
    const html = threadElement(
      { host, site: 'blog', page, lang: 'en', sort: 'oldest', heading: null, title: 't' },
      '',
    )
    expect(html.match(/<article/g)).toHaveLength(10_000)
    const steps = [...html.matchAll(/<(\/?)ol[ >]/g)].map(([, end]) => (end ? -1 : 1))
    let depth = 0
    expect(Math.max(...steps.map((step) => (depth += step)))).toBeLessThanOrEqual(5)
  })

  it('a chain of ten thousand answers is served in pages and as HTML, and answered, liked and decided at its end', async () => {
    const { comment: root } = await approved({}, { token })
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
       INSERT INTO comments (seq, id, site_id, thread_id, author_id, author_public_id, parent_id, parent_seq, root_seq, name, body,
         content, body_hash, request_hash, created_at, elapsed_ms, status, shown_revision, verdict)
       SELECT i, printf('00000000-0000-4000-8000-%012d', i), 'blog', 1, 1, 'a',
         CASE i WHEN 2 THEN ?1 ELSE printf('00000000-0000-4000-8000-%012d', i - 1) END, i - 1, 1, 'Ken', 'x', '["x"]', '', '', i,
         9000, 'approved', 1, 'hold' FROM n`,
    )
      .bind(root.id)
      .run()
    await env.DB.batch([
      env.DB.prepare('UPDATE threads SET count = 10000, version = version + 1'),
      env.DB.prepare('UPDATE comments SET branch_count = 9999, reply_count = 1 WHERE seq = 1'),
    ])
    memory.empty()
    const deepest = '00000000-0000-4000-8000-000000010000'
    const first = await thread()
    let next = first.items[0]?.replies.next ?? null
    let pages = 0
    while (next && pages < 200) {
      const page = await thread(`key=/post&cursor=${next}`)
      expect(page.items.length).toBeLessThanOrEqual(100)
      next = page.next
      pages++
    }
    expect(pages).toBe(100)
    expect((await thread(`key=/post&around=${deepest}`)).items.map(({ id }) => id)).toContain(deepest)
    for (const path of [
      `${base}/thread.html?key=/post`,
      `${base}/thread.html?key=/post&cursor=b0.00000000-0000-4000-8000-000000009900`,
      `/t/blog?key=/post&reply=${deepest}`,
    ])
      expect((await seen('GET', path)).status).toBe(200)
    await posted({ parentId: deepest }, { token })
    expect((await call('PUT', `${base}/comments/${deepest}/like`, { token: 'l'.repeat(43) })).status).toBe(
      200,
    )
    const again = await decided(deepest, 'delete')
    expect(again.status).toBe('deleted')
    expect((await thread()).thread.count).toBe(9999)
  })
})

describe('Row 16: fields that are not a sender’s to set', () => {
  const clean = () => {
    const plain = {} as Record<string, unknown>
    expect([plain.isAdmin, plain.status, plain.role, plain.likes]).toEqual(Array(4).fill(undefined))
  }

  const refused = async (answer: Response | Promise<Response>) =>
    expect((await json<ErrorBody>(answer, 400)).error.code).toBe('unknown_field')

  it('are refused in a comment, its edit, its flag, its appeal and a challenge, and ignored in a form', async () => {
    const body = comment()
    await refused(post(claiming(body)))
    expect(await stored()).toBe(0)
    const posting = await json<Required<Posted>>(post(body), 202)
    const { comment: mine, token: right } = posting
    expect(mine).toMatchObject({
      id: body.id,
      likes: 0,
      replies: { count: 0 },
      own: { status: 'pending', revision: 1 },
    })
    expect(mine).not.toHaveProperty('pinned')
    expect(mine.author).not.toHaveProperty('badge')
    expect(Date.parse(mine.createdAt)).toBeGreaterThan(Date.parse('2020-01-01'))

    const path = `${base}/comments/${mine.id}`
    const text = { body: 'Edited', revision: 1 }
    await refused(call('PATCH', path, { token: right, body: claiming(text) }))
    const edit = await json<Posted>(call('PATCH', path, { token: right, body: text }))
    expect(edit.comment).toMatchObject({ likes: 0, own: { status: 'pending', revision: 2, body: 'Edited' } })
    expect((await thread()).items).toEqual([])
    expect((await thread('key=/post', 'other')).items).toEqual([])

    await decided(mine.id, 'reject', { revision: 2 })
    await refused(call('POST', `${path}/appeal`, { token: right, body: claiming({ note: 'n' }) }))
    const appeal = await json<Posted>(call('POST', `${path}/appeal`, { token: right, body: { note: 'n' } }))
    expect(appeal.comment.own?.status).toBe('pending')
    await decided(mine.id, 'approve', { revision: 2 })
    const flag = { reason: 'spam' }
    await refused(call('POST', `${path}/flags`, { token, body: claiming(flag) }))
    expect((await call('POST', `${path}/flags`, { token, body: flag })).status).toBe(204)
    expect((await call('PUT', `${path}/like`, { token, body: claiming({}) })).status).toBe(200)
    expect((await thread()).items).toMatchObject([{ id: mine.id, likes: 1 }])
    expect((await thread()).items[0]).not.toHaveProperty('pinned')
    await refused(call('POST', `${base}/challenges`, { body: claiming({ id: mine.id }) }))

    const id = crypto.randomUUID()
    const fields = Object.fromEntries(
      new URLSearchParams(
        '__proto__=x&constructor=x&status=approved&site=other&role=owner&likes=9&pinned=1&badge=Editor&token=x&elapsedMs=999999',
      ),
    )
    expect((await form(written(id, fields))).status).toBe(200)
    expect((await queue(`tab=all&ids=${id}`)).items).toMatchObject([
      { status: 'pending', site: { id: 'blog' }, author: { badge: null }, pinned: false },
    ])
    clean()
  })

  it('are ignored or refused by the staff’s routes', async () => {
    for (const { name, method, path, options } of await bodied()) {
      if (!options?.headers) continue
      const answer = await call(method, path, { ...options, body: claiming({}) })
      expect(answer.status, name).toBeLessThan(500)
      if (answer.ok) expect(await answer.text()).not.toContain('isAdmin')
    }
    const { items } = await json<{ items: { id: string; settings: object }[] }>(
      asOperator('GET', '/v1/sites'),
    )
    expect(items.map(({ id }) => id).sort()).toEqual(['blog', 'other'])
    for (const [body, field] of [
      [claiming({ settings: { maxLinks: 3 } }), '__proto__'],
      ['{"settings":{"maxLinks":3,"isAdmin":true}}', 'settings.isAdmin'],
      ['{"settings":{"maxLinks":3,"__proto__":{"isAdmin":true}}}', 'settings.__proto__'],
    ]) {
      const answer = await json<ErrorBody>(call('PATCH', '/v1/sites/blog', { headers: operator, body }), 400)
      expect(answer.error).toMatchObject({ code: 'unknown_field', field })
    }
    const after = (
      await json<typeof items extends infer Items ? { items: Items } : never>(asOperator('GET', '/v1/sites'))
    ).items
    const blog = after.find(({ id }) => id === 'blog')
    expect(blog?.settings).toMatchObject({ maxLinks: 2 })
    expect(JSON.stringify(blog)).not.toContain('isAdmin')
    clean()
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '(%s as a key, a sort, a reason, a language) are words like others',
    async (word) => {
      expect(
        (await json<{ counts: object }>(call('GET', `${base}/counts?key=${word}&key=/x`))).counts,
      ).toEqual(JSON.parse(`{"${word}":0,"/x":0}`))
      await approved({ key: word })
      expect((await thread(`key=${word}`)).thread.count).toBe(1)
      expect((await call('GET', `${base}/thread?key=/x&sort=${word}`)).status).toBe(400)
      expect((await call('GET', `${base}/thread.html?key=${word}&lang=${word}&heading=${word}`)).status).toBe(
        200,
      )
      expect((await call('GET', `/t/blog?${word}=1&key=${word}&lang=${word}`)).status).toBe(200)
      const { comment: refused, token: mine } = await posted()
      await decided(refused.id, 'reject', { reason: word })
      const html = await (await form({ key: '/post', lang: 'en', own: `${refused.id}.${mine}` })).text()
      expect(html).toContain(word)
      expect(html).not.toContain('[native code]')
      clean()
    },
  )
})

describe('Row 17: the same again', () => {
  it('fifty times at once, without a token, is one comment with one token', async () => {
    const body = comment()
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(body)))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(49).fill(200), 202])
    const told = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(told).size).toBe(1)
    expect(await stored()).toBe(1)
  })

  it('under the same id with anything else in it is refused, and changes nothing', async () => {
    const body = comment()
    const first = await json<Posted>(post(body), 202)
    for (const change of [
      { body: 'Else' },
      { body: `${body.body} ` },
      { author: { name: 'Else' } },
      { author: { ...body.author, url: 'https://else.example' } },
      { title: 'Else' },
      { key: '/else' },
      { url: `${pageOrigin}/else` },
    ]) {
      const { error } = await json<ErrorBody>(post({ ...body, ...change }), 409)
      expect(error).toMatchObject({ code: 'id_taken', field: 'id' })
    }
    expect(await json<Posted>(post(body), 200)).toEqual(first)
    expect(await stored()).toBe(1)
  })

  it('on another site is not the same, and tells nothing of the first', async () => {
    const body = comment()
    const { token: right } = await json<Required<Posted>>(post(body), 202)
    const elsewhere = { ...body, url: `${other}/post` }
    for (const options of [{ origin: other }, { origin: other, token: right }]) {
      const answer = await seen('POST', '/v1/sites/other/comments', { body: elsewhere, ...options })
      expect(JSON.parse(answer.body)).toEqual({
        error: { code: 'id_taken', field: 'id', message: expect.any(String) },
      })
    }
    expect(await stored()).toBe(1)
    expect((await queue('tab=all&site=other')).items).toEqual([])
  })

  it('by a form, twenty times at once, is one comment that only its author’s answer follows', async () => {
    const id = crypto.randomUUID()
    const answers = await Promise.all(Array.from({ length: 20 }, () => form(written(id))))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await stored()).toBe(1)
    expect((await form(written(id, { body: 'Else' }))).status).toBe(409)
    await decided(id, 'approve')
    expect(await (await form(written(id))).text()).not.toContain('name="own"')
    expect((await thread()).items.map((item) => item.id)).toEqual([id])
  })

  it('as a like, a withdrawal or an appeal counts once', async () => {
    const { comment: one } = await approved()
    const like = () => call('PUT', `${base}/comments/${one.id}/like`, { token })
    const likes = await Promise.all(Array.from({ length: 50 }, like))
    expect(await Promise.all(likes.map((answer) => answer.json()))).toEqual(Array(50).fill({ likes: 1 }))
    const mine = await approved()
    const take = () => call('DELETE', `${base}/comments/${mine.comment.id}`, { token: mine.token })
    const taken = (await Promise.all(Array.from({ length: 20 }, take))).map(({ status }) => status)
    expect(taken.filter((status) => status === 204).length).toBeGreaterThan(0)
    expect(taken.every((status) => [204, 404, 409].includes(status))).toBe(true)
    expect((await thread()).thread.count).toBe(1)
  })
})

describe('Row 19: pages of other origins', () => {
  const id = crypto.randomUUID()
  const writes: [string, string, unknown?][] = [
    ['POST', 'comments', comment()],
    ['POST', 'challenges', { id }],
    ['GET', `comments/${id}`],
    ['PATCH', `comments/${id}`, { body: 'x', revision: 1 }],
    ['DELETE', `comments/${id}`],
    ['POST', `comments/${id}/appeal`, {}],
    ['PUT', `comments/${id}/like`],
    ['DELETE', `comments/${id}/like`],
    ['POST', `comments/${id}/flags`, { reason: 'spam' }],
  ]

  it.each(foreignOrigins)(
    '(%s) may not write, are told so by no header, and may read what is public',
    async (origin) => {
      for (const [method, path, body] of writes) {
        const answer = await seen(method, `${base}/${path}`, { origin, token, body })
        expect(answer.status, path).toBe(403)
        const asked = await seen('OPTIONS', `${base}/${path}`, {
          origin,
          headers: { 'access-control-request-method': method },
        })
        for (const { headers } of [answer, asked]) {
          expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
          expect(headers.vary).toContain('Origin')
        }
      }
      const formed = await seen('POST', '/t/blog', {
        origin,
        body: new URLSearchParams(written(id)).toString(),
      })
      expect(formed.status).toBe(403)
      for (const path of reads('/post').filter((read) => read.startsWith(base))) {
        const { headers, status } = await seen('GET', path, { origin })
        expect([
          status,
          headers['access-control-allow-origin'],
          headers['access-control-allow-credentials'],
        ]).toEqual([200, '*', undefined])
      }
      expect(await stored()).toBe(0)
    },
  )

  it('without any origin may not write either', async () => {
    for (const [method, path, body] of writes.filter(([method]) => method !== 'GET'))
      expect((await call(method, `${base}/${path}`, { origin: null, token, body })).status).toBe(403)
    expect(await stored()).toBe(0)
  })

  it('that are the site’s may do all that readers do, without credentials', async () => {
    for (const [method, path] of writes) {
      const { headers, status } = await seen('OPTIONS', `${base}/${path}`, {
        headers: {
          'access-control-request-method': method,
          'access-control-request-headers': 'authorization',
        },
      })
      expect(status).toBe(204)
      expect(headers['access-control-allow-origin']).toBe(pageOrigin)
      expect(headers['access-control-allow-methods']?.split(', ')).toContain(method)
      expect(headers['access-control-allow-headers']).toMatch(/authorization/i)
      expect(headers['access-control-allow-credentials']).toBeUndefined()
      expect(headers.vary).toContain('Origin')
    }
    const { headers } = await seen('POST', `${base}/comments`, { body: comment() })
    expect(headers['access-control-allow-origin']).toBe(pageOrigin)
  })

  it('get nothing from the dashboard’s routes, whichever they are', async () => {
    for (const origin of [pageOrigin, host, 'null', 'https://evil.example'])
      for (const path of [
        'queue',
        'decisions',
        'audit-log',
        'stats',
        'bans',
        'sites',
        'tokens',
        'session',
        'sign-in-links',
        'health',
        'exports/decisions.csv?site=blog',
        'sites/blog/word-lists',
        'sites/blog/screeners',
        'sites/blog/policy-preview',
        'sites/blog/turnstile',
      ])
        for (const method of ['GET', 'POST', ...(path.startsWith('sites/blog') ? [] : ['OPTIONS'])]) {
          const { headers } = await seen(method, `/v1/${path}`, {
            origin,
            headers: operator,
            ...(method === 'POST' && { body: {} }),
          })
          expect(headers['access-control-allow-origin'], `${method} ${path}`).toBeUndefined()
        }
  })
})
