import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Counts, ThreadPage } from '../../../worker/contract/thread.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  comment,
  decided,
  json,
  pageOrigin,
  post,
  posted,
  thread,
} from '../product.ts'

beforeEach(() => addSite())

const path = (query: string) => `/v1/sites/blog/thread?${query}`

describe('A thread', () => {
  it('is empty and stored nowhere while nobody has written', async () => {
    expect(await thread('key=/new')).toMatchObject({
      thread: {
        key: '/new',
        url: null,
        title: null,
        count: 0,
        closed: null,
        moderated: true,
        bodyLimit: 10_000,
        origins: ['https://blog.example'],
      },
      items: [],
      next: null,
    })
    expect(await env.DB.prepare('SELECT count(*) AS n FROM threads').first('n')).toBe(0)
  })

  it('is one for every spelling of a page’s address', async () => {
    const { comment: mine } = await approved({ key: '/2026/post/' })
    const spellings = [
      '/2026/post',
      '/2026/post/index.html',
      '/2026/post?utm_source=x&fbclid=y',
      '/2026/post/#comments',
      '/2026/./post',
      '/2026/p%6fst',
      'https://blog.example/2026/post/?utm_medium=z#a',
    ]
    for (const key of spellings)
      expect((await thread(`key=${encodeURIComponent(key)}`)).items.map(({ id }) => id)).toEqual([mine.id])
  })

  it('is never shared by two pages', async () => {
    await approved({ key: '/post?p=1' })
    const others = ['/post', '/post?p=2', '/POST?p=1', '/post/more?p=1', '/post%3Fp=1', 'post?p=1', '/posts']
    for (const key of others) expect((await thread(`key=${encodeURIComponent(key)}`)).items).toEqual([])
  })

  it('belongs to one site only', async () => {
    await addSite({ id: 'other' })
    await approved()
    expect((await thread('key=/post', 'other')).items).toEqual([])
  })

  it('answers 304 until something readers see has changed', async () => {
    const first = await approved()
    const ask = (etag: string) => call('GET', path('key=/post'), { headers: { 'if-none-match': etag } })
    const fresh = await call('GET', path('key=/post'))
    const etag = fresh.headers.get('etag') ?? ''
    expect((await ask(etag)).status).toBe(304)
    const waiting = await posted()
    expect((await ask(etag)).status).toBe(304)
    await decided(waiting.comment.id, 'spam')
    expect((await ask(etag)).status).toBe(304)
    await decided(first.comment.id, 'delete')
    expect((await ask(etag)).status).toBe(200)
  })

  it('is another one once its site has changed, and goes on to tell what is new in it', async () => {
    await approved()
    const before = await call('GET', path('key=/post'))
    await json(asOperator('PATCH', '/v1/sites/blog', { origins: [pageOrigin, 'https://new.example'] }))
    const etag = before.headers.get('etag') ?? ''
    const after = await call('GET', path('key=/post'), { headers: { 'if-none-match': etag } })
    const { version } = (await json<ThreadPage>(after)).thread
    expect((await thread(`key=/post&since=${version}`)).items).toEqual([])
    const { comment: late } = await approved()
    expect((await thread(`key=/post&since=${version}`)).items.map(({ id }) => id)).toEqual([late.id])
  })

  it('can be read by pages of any origin, and is asked for anew each time', async () => {
    const answer = await call('GET', path('key=/post'), { origin: 'https://anywhere.example' })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    expect(answer.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate')
  })

  it.each([
    ['/v1/sites/blog/thread', 400, 'missing'],
    [path('key=/a&key=/b'), 400, 'invalid'],
    [path('key=/a&sort=best'), 400, 'invalid'],
    [path('key=/a&since=-1'), 400, 'invalid'],
    [path('key=/a&since=9999999999999999'), 400, 'invalid'],
    [path(`key=/${'a'.repeat(501)}`), 400, 'too_long'],
    ['/v1/sites/none/thread?key=/a', 404, 'unknown_site'],
    ['/dashboard/index.html', 404, 'not_found'],
    ['/dashboard//', 404, 'not_found'],
    ['//evil.example/dashboard/', 404, 'not_found'],
    ['//', 404, 'not_found'],
    ['//%00', 404, 'not_found'],
    ['/embed.js.br', 404, 'not_found'],
    ['/v1/sites/blog/none', 404, 'not_found'],
  ])('says what is wrong with %s', async (address, status, code) => {
    expect((await json<ErrorBody>(call('GET', address), status)).error.code).toBe(code)
  })

  it.each([
    ['DELETE', '/v1/sites/blog/thread', 'GET, HEAD'],
    ['PUT', '/v1/sites/blog/comments', 'POST'],
    ['POST', '/v1/queue', 'GET, HEAD'],
    ['PUT', `/v1/sites/blog/comments/${crypto.randomUUID()}`, 'GET, HEAD, PATCH, DELETE'],
  ])('says which methods an address takes instead of %s %s', async (method, address, allowed) => {
    const answer = await call(method, address)
    expect(answer.headers.get('allow')).toBe(allowed)
    expect((await json<ErrorBody>(answer, 405)).error.code).toBe('method_not_allowed')
  })

  it('refuses a cursor of its own making', async () => {
    const { comment: shown } = await approved()
    for (const cursor of ['1', 'r1', 'x0.a', `r0.${crypto.randomUUID()}`, `q0.${shown.id}`])
      expect((await call('GET', path(`key=/post&cursor=${cursor}`))).status).toBe(400)
  })

  it('keeps a page’s name and script as text', async () => {
    await approved({ title: '</script><script>alert(1)</script>\n\u0007 “x”' })
    expect((await thread()).thread.title).toBe('</script><script>alert(1)</script> “x”')
  })
})

describe('Counts', () => {
  it('come for many pages at once, under the keys asked for', async () => {
    await approved({ key: '/a/' })
    await posted({ key: '/b', url: `${pageOrigin}/b` })
    const { counts } = await json<Counts>(
      call('GET', '/v1/sites/blog/counts?key=/a&key=/b&key=/c&key=/a/index.html'),
    )
    expect(counts).toEqual({ '/a': 1, '/b': 0, '/c': 0, '/a/index.html': 1 })
  })

  it('come for all keys though one is none', async () => {
    await approved({ key: '/a' })
    const long = `/${'x'.repeat(600)}`
    const { counts } = await json<Counts>(call('GET', `/v1/sites/blog/counts?key=/a&key=${long}&key=`))
    expect(counts).toEqual({ '/a': 1, [long]: 0, '': 0 })
  })

  it('need a key, and no more than a hundred', async () => {
    await json(call('GET', '/v1/sites/blog/counts'), 400)
    await json(call('GET', `/v1/sites/blog/counts?${'key=/a&'.repeat(101)}`), 400)
  })
})

describe('A comment no reader may see', () => {
  const hidden = ['pending', 'rejected', 'spam', 'deleted'] as const

  it.each(hidden)('cannot be told from an absent one while it is %s', async (status) => {
    const shown = await approved()
    const token = 'd'.repeat(43)
    const { comment: secret } = await posted(
      { body: 'Unseen words', author: { name: 'Unseen name' } },
      { token },
    )
    if (status === 'rejected') await decided(secret.id, 'reject', { reason: 'abuse' })
    if (status === 'spam') await decided(secret.id, 'spam')
    if (status === 'deleted') await decided(secret.id, 'delete')
    const absent = crypto.randomUUID()
    const asked = async (id: string) => {
      const one = `/v1/sites/blog/comments/${id}`
      const requests: [string, string, Parameters<typeof call>[2]?][] = [
        ['GET', one],
        ['GET', one, { token: 'e'.repeat(43) }],
        ['PATCH', one, { token: 'e'.repeat(43), body: { body: 'x', revision: 1 } }],
        ['DELETE', one],
        [
          'POST',
          '/v1/sites/blog/comments',
          { body: { ...comment({ parentId: id, id: absent, body: 'x' }) } },
        ],
        ['GET', `/v1/queue?thread=1&q=${id}`],
        ['POST', '/v1/decisions', { body: [{ commentId: id, revision: 1, action: 'approve' }] }],
      ]
      const answers = []
      for (const [method, address, options] of requests) {
        const answer = await call(method, address, options)
        const headers = Object.fromEntries(answer.headers)
        answers.push({ status: answer.status, headers, body: (await answer.text()).replaceAll(id, 'ID') })
      }
      return answers
    }
    expect(await asked(secret.id)).toEqual(await asked(absent))
    for (const query of ['key=/post', 'key=/post&sort=newest', 'key=/post&sort=top']) {
      const page = await thread(query)
      expect(page.thread.count).toBe(1)
      expect(page.items.map(({ id }) => id)).toEqual([shown.comment.id])
      expect(JSON.stringify(page)).not.toContain('Unseen')
    }
    const { counts } = await json<Counts>(call('GET', '/v1/sites/blog/counts?key=/post'))
    expect(counts).toEqual({ '/post': 1 })
  })

  it('leaves the thread just as it was before it was posted', async () => {
    await approved()
    const look = async () => {
      const answer = await call('GET', path('key=/post'))
      const health = await call('GET', '/v1/health')
      return [answer.headers.get('etag'), await answer.text(), await health.text()]
    }
    const before = await look()
    const { comment: secret } = await posted()
    expect(await look()).toEqual(before)
    await decided(secret.id, 'reject')
    expect(await look()).toEqual(before)
  })

  it('does not name the page of those that are shown, not even of a closed thread', async () => {
    const honest = await posted({ title: 'The real title' })
    await posted({ title: 'BUY PILLS', url: `${pageOrigin}/logout?next=//evil.example` })
    await asOperator('POST', '/v1/threads/1/closure')
    expect((await thread()).thread).toMatchObject({ url: null, title: null, count: 0 })
    await decided(honest.comment.id, 'approve')
    expect((await thread()).thread).toMatchObject({ url: `${pageOrigin}/post`, title: 'The real title' })
  })

  it('moves no ETag and no cursor while it is edited or posted', async () => {
    const token = 'f'.repeat(43)
    const { comment: shown } = await approved({}, { token })
    const etag = async () => (await call('GET', path('key=/post'))).headers.get('etag')
    const before = await etag()
    const body = { body: 'A hidden second version', revision: 1 }
    await json(call('PATCH', `/v1/sites/blog/comments/${shown.id}`, { token, body }))
    await posted()
    expect(await etag()).toBe(before)
  })

  it('makes no thread that could be noticed', async () => {
    const untouched = await thread('key=/fresh')
    await posted({ key: '/fresh', title: 'A secret title' })
    expect(await thread('key=/fresh')).toEqual(untouched)
  })
})

describe('What readers are sent', () => {
  it('has the fields of the contract and no others', async () => {
    const root = await approved({
      author: { name: 'Mika', email: 'mika@mail.example', url: 'https://mika.example' },
    })
    await approved({ parentId: root.comment.id })
    const page = await thread()
    const keys = (value: unknown): string[] =>
      value !== null && typeof value === 'object'
        ? Object.entries(value).flatMap(([key, inner]) => [
            ...(Array.isArray(value) ? [] : [key]),
            ...keys(inner),
          ])
        : []
    expect([...new Set(keys(page))].sort()).toEqual(
      [
        ...['author', 'bodyLimit', 'children', 'closed', 'content', 'count', 'createdAt', 'editedAt', 'id'],
        ...[
          'items',
          'key',
          'likes',
          'telling',
          'moderated',
          'name',
          'next',
          'origins',
          'parentId',
          'replies',
          'thread',
          'title',
        ],
        ...['type', 'url', 'version'],
      ].sort(),
    )
    expect(JSON.stringify(page)).not.toContain('mika@mail.example')
  })

  it('carries the headers that keep it where it belongs', async () => {
    const answer = await call('GET', '/v1/sites/none/thread?key=/a')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    })
    expect((await asOperator('GET', '/v1/queue')).headers.get('cache-control')).toBe('no-store')
    expect((await post(comment())).headers.get('set-cookie')).toBeNull()
  })
})
