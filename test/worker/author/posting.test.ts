import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { NewComment, Posted } from '../../../worker/contract/comment.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
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
  screened,
  thread,
} from '../product.ts'

beforeEach(() => addSite())

const stored = async () =>
  (await env.DB.prepare('SELECT count(*) AS n FROM comments').first<{ n: number }>())?.n

describe('The way of one comment', () => {
  it('goes from the reader through screening to a moderator and into the thread', async () => {
    const { comment: mine, token } = await posted({ body: 'Hello **there**\n\n日本語も' })
    expect(mine.own?.status).toBe('pending')
    expect((await thread()).items).toEqual([])
    const held = await screened(mine.id)
    expect(held).toMatchObject({ verdict: 'hold', status: 'pending', body: 'Hello **there**\n\n日本語も' })
    await decided(mine.id, 'approve')
    const { thread: shown, items } = await thread()
    expect(shown).toMatchObject({ count: 1, title: 'A post', closed: null })
    expect(items[0]?.content).toEqual([
      { type: 'paragraph', children: ['Hello ', { type: 'strong', children: ['there'] }] },
      { type: 'paragraph', children: ['日本語も'] },
    ])
    expect((await own(mine.id, token)).own?.status).toBe('approved')
  })

  it('stores what was posted byte for byte', async () => {
    const body = '  \u202eabc\u0000 \u0301\r\n\t<b>&amp;</b> 😀 ﷺ Z̸̢͝a \ufeff nfd: e\u0301  \n'
    const { comment: mine, token } = await posted({ body })
    expect((await own(mine.id, token)).own?.body).toBe(body)
  })

  it('tells the author of a rejection and its reason', async () => {
    const { comment: mine, token } = await posted()
    await decided(mine.id, 'reject', { reason: 'off_topic' })
    expect((await own(mine.id, token)).own).toMatchObject({ status: 'rejected', reason: 'off_topic' })
  })

  it('takes a reply under a shown comment and counts it', async () => {
    const { comment: root } = await approved()
    const { comment: reply } = await approved({ parentId: root.id })
    const { items } = await thread()
    expect(items.map(({ id, parentId }) => [id, parentId])).toEqual([
      [root.id, null],
      [reply.id, root.id],
    ])
    expect(items[0]?.replies.count).toBe(1)
  })
})

describe('Posting again', () => {
  it('is harmless fifty times at once', async () => {
    const body = comment()
    const token = 'a'.repeat(43)
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(body, { token })))
    expect(answers.map(({ status }) => status).filter((status) => status !== 200)).toEqual([202])
    const views = await Promise.all(answers.map((answer) => answer.json<Posted>()))
    expect(new Set(views.map((view) => view.comment.id))).toEqual(new Set([body.id]))
    expect(await stored()).toBe(1)
    expect((await queue('tab=all')).counts).toMatchObject({ held: 1, all: 1 })
  })

  it('gives the same token to an author whose first answer got lost', async () => {
    const body = comment()
    const first = await json<Posted>(post(body), 202)
    const second = await json<Posted>(post(body), 200)
    expect(second.token).toBe(first.token)
    expect(second.comment).toEqual(first.comment)
  })

  it('tells someone who copies a public comment nothing and gives them no token', async () => {
    const body = comment()
    const { token } = await json<Required<Posted>>(post(body), 202)
    await decided(body.id, 'reject', { reason: 'abuse' })
    for (const attempt of [post(body), post(body, { token: 'b'.repeat(43) })]) {
      const answer = await json<Posted>(attempt, 200)
      expect(answer.token).toBeUndefined()
      expect(answer.comment.own?.status).toBe('pending')
      expect(answer.comment.own?.reason).toBeUndefined()
    }
    expect((await own(body.id, token)).own?.status).toBe('rejected')
  })

  it('never gives the token away once the comment has been decided, whatever became of it since', async () => {
    const body = comment({ author: { name: 'Mika', email: 'mika@mail.example' } })
    const { token } = await json<Required<Posted>>(post(body), 202)
    await decided(body.id, 'approve')
    const path = `/v1/sites/blog/comments/${body.id}`
    await json(call('PATCH', path, { token, body: { body: 'Edited, still shown', revision: 1 } }))
    expect(await json<Posted>(post(body), 200)).not.toHaveProperty('token')
    await decided(body.id, 'approve', { revision: 2 })
    await decided(body.id, 'restore', { revision: 2 })
    expect(await json<Posted>(post(body), 200)).not.toHaveProperty('token')
  })

  it('answers a stranger alike whatever e-mail address they guess', async () => {
    const body = comment({ author: { name: 'Mika', email: 'mika@mail.example' } })
    await json(post(body), 202)
    await decided(body.id, 'approve')
    const guess = async (author: NewComment['author']) =>
      (await json<Posted>(post({ ...body, author }), 200)).comment
    const right = await guess(body.author)
    expect(await guess({ name: 'Mika', email: 'wrong@mail.example' })).toEqual(right)
    expect(await guess({ name: 'Mika' })).toEqual(right)
  })

  it('is refused when the same id says something else', async () => {
    const body = comment()
    await json(post(body), 202)
    const error = await json<ErrorBody>(post({ ...body, body: 'Something else' }), 409)
    expect(error.error).toMatchObject({ code: 'id_taken', field: 'id' })
    expect(await stored()).toBe(1)
  })
})

const deep = (open: string) => open.repeat(100_000)
const utf8 = (...bytes: number[]) =>
  new Uint8Array([...new TextEncoder().encode('{"body":"'), ...bytes, 34, 125])

describe('Bad input gets a clear error and leaves nothing behind', () => {
  const base = comment()
  const { body: _body, ...bodiless } = base
  const { author: _author, ...authorless } = base
  type Case = [string, unknown, number, string, string?]
  const cases: Case[] = [
    ['no JSON', 'hello', 400, 'invalid_json'],
    ['an empty body', '', 400, 'invalid_json'],
    ['half of a JSON', '{"id":', 400, 'invalid_json'],
    ['100,000 brackets', deep('['), 400, 'invalid_json'],
    ['100,000 objects', deep('{"a":'), 413, 'too_large'],
    ['deep but whole JSON', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400, 'wrong_type'],
    ['invalid UTF-8', utf8(0xff, 0xfe), 400, 'invalid_utf8'],
    ['an encoded surrogate', utf8(0xed, 0xa0, 0x80), 400, 'invalid_utf8'],
    ['null', 'null', 400, 'wrong_type'],
    ['a list', [base], 400, 'wrong_type'],
    ['no body', bodiless, 400, 'missing', 'body'],
    ['no author', authorless, 400, 'missing', 'author'],
    ['a blank body', { ...base, body: ' \n\u200b\u3000' }, 400, 'missing', 'body'],
    ['a body of nothing but signs', { ...base, body: '```' }, 400, 'missing', 'body'],
    ['a blank name', { ...base, author: { name: '\u200b ' } }, 400, 'missing', 'author.name'],
    ['a list for a body', { ...base, body: ['x'] }, 400, 'wrong_type', 'body'],
    ['an operator for a body', { ...base, body: { $gt: '' } }, 400, 'wrong_type', 'body'],
    [
      'a number too large for one',
      JSON.stringify({ ...base }).replace('20000', '1e999'),
      400,
      'invalid',
      'elapsedMs',
    ],
    ['a negative time', { ...base, elapsedMs: -1 }, 400, 'invalid', 'elapsedMs'],
    ['a long body', { ...base, body: 'あ'.repeat(10_001) }, 400, 'too_long', 'body'],
    ['a long name', { ...base, author: { name: 'n'.repeat(101) } }, 400, 'too_long', 'author.name'],
    ['a name of two lines', { ...base, author: { name: 'a\nb' } }, 400, 'invalid', 'author.name'],
    ...['\u2800', '\u3164\u115f\u1160', '\uffa0', '\ufe0f', '\u{e0100} \u200b\u2060', '\u{1d159}'].map(
      (name): Case => [
        `a name that nobody sees: ${encodeURIComponent(name)}`,
        { ...base, author: { name } },
        400,
        'missing',
        'author.name',
      ],
    ),
    ...[...'✓✔☑✅🛡🎖📛🗸🗹'].map(
      (sign): Case => [
        `a name with the badge-like sign ${sign}`,
        { ...base, author: { name: `Mika ${sign} Author` } },
        400,
        'invalid',
        'author.name',
      ],
    ),
    ...[
      'Z\u0338\u0322\u0361\u0301\u0300algo',
      'e\u0301\u0301\u0301',
      'ก็็็',
      `ท${'\u0e31\u0e49'.repeat(6)}`,
    ].map(
      (name): Case => [
        `a name with heaps of marks: ${encodeURIComponent(name)}`,
        { ...base, author: { name } },
        400,
        'invalid',
        'author.name',
      ],
    ),
    ['half a character', { ...base, body: 'x\ud800' }, 400, 'invalid', 'body'],
    [
      'a script for a website',
      { ...base, author: { name: 'x', url: 'javascript:alert(1)' } },
      400,
      'invalid',
      'author.url',
    ],
    ...[
      'http://localhost:3000/',
      'localhost.localdomain',
      'http://127.1/',
      'http://2130706433/',
      'http://[::1]/',
      '192.168.1.1/admin',
      'https://169.254.169.254/',
      'http://router/',
      'nas.local',
    ].map(
      (url): Case => [
        `a website that nobody else finds: ${url}`,
        { ...base, author: { name: 'x', url } },
        400,
        'invalid',
        'author.url',
      ],
    ),
    [
      'a disguised host',
      { ...base, author: { name: 'x', url: 'https://good.example@evil.example' } },
      400,
      'invalid',
      'author.url',
    ],
    [
      'two mail addresses',
      { ...base, author: { name: 'x', email: 'a@b.example,c@d.example' } },
      400,
      'invalid',
      'author.email',
    ],
    [
      'a mail header',
      { ...base, author: { name: 'x', email: 'a@b.example\r\nBcc: v@x.example' } },
      400,
      'invalid',
      'author.email',
    ],
    ['an id that is none', { ...base, id: '../admin' }, 400, 'invalid', 'id'],
    ['a parent that is no id', { ...base, parentId: { toString: 'x' } }, 400, 'wrong_type', 'parentId'],
    ['an unknown parent', { ...base, parentId: crypto.randomUUID() }, 422, 'unknown_parent', 'parentId'],
    ['a page elsewhere', { ...base, url: 'https://evil.example/post' }, 403, 'wrong_origin', 'url'],
    [
      'a page of a look-alike host',
      { ...base, url: 'https://blog.example.evil.example/post' },
      403,
      'wrong_origin',
      'url',
    ],
    ['an empty key', { ...base, key: ' ' }, 400, 'missing', 'key'],
    ['a number for a proof', { ...base, proof: 7 }, 400, 'wrong_type', 'proof'],
    ['an object for a proof', { ...base, proof: { solution: 1 } }, 400, 'wrong_type', 'proof'],
    ['a long proof', { ...base, proof: 'x'.repeat(2_049) }, 400, 'too_long', 'proof'],
    ['a request of 300 kB', { ...base, body: 'x'.repeat(300_000) }, 413, 'too_large'],
  ]
  it.each(cases)('%s', async (_name, body, status, code, field) => {
    const answer = await json<ErrorBody>(post(body), status)
    expect(answer.error).toMatchObject({ code, ...(field && { field }) })
    expect(answer.error.message).toMatch(/^[A-Z“].+\.$/)
    expect(await stored()).toBe(0)
  })

  it('stops reading a body that never ends', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 16_384
        controller.enqueue(new Uint8Array(16_384).fill(97))
        if (sent > 50_000_000) controller.close()
      },
    })
    const answer = await json<ErrorBody>(post(endless, { headers: { 'content-length': '10' } }), 413)
    expect(answer.error).toMatchObject({ code: 'too_large', limit: 256 * 1024 })
    expect(sent).toBeLessThan(5_000_000)
  })

  it.each([
    [' blog.example/about ', 'https://blog.example/about'],
    ['münchen.example', 'https://münchen.example'],
    ['пример.рф/о-нас', 'https://пример.рф/о-нас'],
    ['日本語.jp', 'https://日本語.jp'],
    ['https://пример.рф', 'https://пример.рф'],
  ])('takes a website as people type it: %s', async (url, taken) => {
    const { comment: mine } = await posted({ author: { name: 'Mika', url } })
    expect(mine.author.url).toBe(taken)
  })

  it.each(["miles.o'brien@mail.example", 'x@münchen.example', 'почта@пример.рф', 'a+b@日本語.jp'])(
    'takes the mail address %s, as it is',
    async (email) => {
      const { comment: mine } = await posted({ author: { name: 'Mika', email } })
      expect((await queue(`tab=all&ids=${mine.id}`)).items[0]?.author.email).toBe(email)
    },
  )

  it.each(['Mika ⭐', '👑 Aiko', 'Nguyễn Thị Ánh', '박지성', "O'Brien", '❤️ (:', 'م‌ر'])(
    'takes the name %s',
    async (name) => {
      const { comment: mine } = await posted({ author: { name } })
      expect(mine.author.name).toBe(name)
    },
  )

  it.each([
    ["/wiki/Hobson's_choice", '/wiki/Hobson%27s_choice'],
    ["/a?q=it's", '/a?q=it%27s'],
    ['/`x` "y"', '/%60x%60%20%22y%22'],
    ['/a?q=\\', '/a?q=%5C'],
    ['/(a)!*~', '/(a)!*~'],
  ])('takes a page’s address with %s', async (path, stored) => {
    const { comment: mine } = await posted({
      key: path,
      url: pageOrigin + path,
      author: { name: 'Mika', url: `https://mika.example${path}` },
    })
    const [item] = (await queue(`tab=all&ids=${mine.id}`)).items
    expect(item?.author.url).toBe(`https://mika.example${stored}`)
    await decided(mine.id, 'approve')
    expect((await thread(`key=${encodeURIComponent(path)}`)).thread.url).toBe(pageOrigin + stored)
  })

  it('measures a key as people read it', async () => {
    const kanji = '吾'.repeat(499)
    const { comment: mine } = await posted({ key: `/${kanji}?fbclid=${'x'.repeat(600)}` })
    await decided(mine.id, 'approve')
    expect((await thread(`key=${encodeURIComponent(`/${kanji}/`)}`)).items).toHaveLength(1)
    const { error } = await json<ErrorBody>(post(comment({ key: `/${kanji}吾` })), 400)
    expect(error).toMatchObject({ code: 'too_long', field: 'key', limit: 500 })
  })

  it('counts code points, not bytes or halves', async () => {
    await json(post(comment({ body: '😀'.repeat(10_000) })), 202)
  })

  it('refuses fields that are not a reader’s to set, by name', async () => {
    const sneaky = `{"__proto__":{"isAdmin":true},"status":"approved","role":"owner","createdAt":"1970-01-01","site_id":"other",${JSON.stringify(comment()).slice(1)}`
    const { error } = await json<ErrorBody>(post(sneaky), 400)
    expect(error).toMatchObject({ code: 'unknown_field', field: '__proto__' })
    const nested = post({ ...comment(), author: { name: 'Mika', badge: 'Editor' } })
    expect((await json<ErrorBody>(nested, 400)).error.field).toBe('author.badge')
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
    expect((await thread()).items).toEqual([])
  })

  it('knows no site of another name or spelling', async () => {
    for (const site of ['none', 'BLOG', 'blog%20', '..%2Fblog']) {
      const answer = await post(comment(), {}, site)
      expect(answer.status).toBe(404)
    }
    expect((await json<ErrorBody>(post(comment(), {}, 'none'), 404)).error.code).toBe('unknown_site')
  })

  it('refuses a parent of another thread', async () => {
    const { comment: root } = await approved()
    const elsewhere = comment({ parentId: root.id, key: '/other', url: `${pageOrigin}/other` })
    expect((await json<ErrorBody>(post(elsewhere), 422)).error.code).toBe('parent_elsewhere')
  })

  it('refuses a comment in a closed thread and takes it again after reopening', async () => {
    const { comment: first } = await approved()
    const id = (await queue('tab=all')).items.find((item) => item.id === first.id)?.thread.id
    expect((await asOperator('POST', `/v1/threads/${id}/closure`)).status).toBe(204)
    expect((await thread()).thread.closed).toMatch(/^\d{4}-/)
    const refused = await json<ErrorBody>(post(comment()), 403)
    expect(refused.error.code).toBe('thread_closed')
    expect(await stored()).toBe(1)
    expect((await asOperator('DELETE', `/v1/threads/${id}/closure`)).status).toBe(204)
    await posted()
  })
})

/** More posts than two windows take: however the clock's minute turns, the last ones are refused. */
const overLimit = 21

describe('Who may write', () => {
  it.each([
    null,
    'null',
    'https://evil.example',
    'https://blog.example.evil.example',
    'http://blog.example',
    'https://blog.example:8443',
    'https://BLOG.example',
    'http://localhost:3000',
  ])('only pages of the site’s origins, not %s', async (origin) => {
    const answer = await post(comment(), { origin })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect((await json<ErrorBody>(answer, 403)).error.code).toBe('wrong_origin')
    const preflight = await call('OPTIONS', '/v1/sites/blog/comments', { origin })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
    expect(await stored()).toBe(0)
  })

  it.each(['a', 'x'.repeat(21), 'two words of some length here', 'ü'])(
    'refuses a token that others could guess, in words: %s',
    async (token) => {
      const headers = { authorization: `Bearer ${encodeURIComponent(token).replaceAll('%20', ' ')}` }
      const { error } = await json<ErrorBody>(post(comment(), { headers }), 400)
      expect(error).toMatchObject({ code: 'invalid', message: expect.stringContaining('token is 22 to 200') })
      expect(await stored()).toBe(0)
    },
  )

  it('takes a token of 128 bits, and gives one to who brings none', async () => {
    const token = '0123456789abcdef_-ABCD'
    expect(await json(post(comment(), { token }), 202)).not.toHaveProperty('token')
    expect((await posted()).token).toHaveLength(43)
  })

  it('answers a preflight of a registered origin', async () => {
    const preflight = await call('OPTIONS', '/v1/sites/blog/comments')
    expect(preflight.headers.get('access-control-allow-origin')).toBe(pageOrigin)
    expect(preflight.headers.get('vary')).toContain('Origin')
  })

  it('lets a loopback page of any port in only where the site says so', async () => {
    await asOperator('PATCH', '/v1/sites/blog', { origins: ['http://localhost:*'] })
    const local = { url: 'http://localhost:5173/post' }
    await posted(local, { origin: 'http://localhost:5173' })
    for (const origin of [
      'http://localhost.evil.example:5173',
      'https://localhost:5173',
      'http://127.0.0.1:1',
    ])
      expect((await post(comment(local), { origin })).status).toBe(403)
  })

  it('limits how fast one address posts, whatever else the client claims', async () => {
    const statuses: number[] = []
    for (let index = 0; index < overLimit; index++) {
      const spoofed = `203.0.113.${index}`
      const headers = {
        'cf-connecting-ip': '192.0.2.7',
        'x-forwarded-for': spoofed,
        'x-real-ip': spoofed,
        forwarded: `for=${spoofed}`,
        'true-client-ip': spoofed,
        'cf-connecting-ipv6': `2001:db8::${index}`,
      }
      const answer = await post(comment(), { headers })
      statuses.push(answer.status)
      if (answer.status === 429) {
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
        expect((await answer.json<ErrorBody>()).error.code).toBe('rate_limited')
      }
    }
    expect(new Set(statuses)).toEqual(new Set([202, 429]))
    await posted({}, { headers: { 'cf-connecting-ip': '192.0.2.8' } })
  })

  it('counts a client without an address, and all of an IPv6 /64, as one', async () => {
    const burst = async (ip: (index: number) => string) => {
      const answers: number[] = []
      for (let index = 0; index < overLimit; index++)
        answers.push((await post(comment(), { headers: { 'cf-connecting-ip': ip(index) } })).status)
      return answers.includes(429)
    }
    expect(await burst(() => '')).toBe(true)
    expect(await burst((index) => `2001:db8:1:2:${index}::1`)).toBe(true)
    expect(await burst((index) => (index % 2 ? '192.0.2.50' : '::ffff:192.0.2.50'))).toBe(true)
  })

  it('keeps an address only as a keyed hash that differs from day to day', async () => {
    await posted({}, { headers: { 'cf-connecting-ip': '192.0.2.99' } })
    await env.DB.prepare("UPDATE daily_secrets SET day = '2026-01-01'").run()
    await posted({}, { headers: { 'cf-connecting-ip': '192.0.2.99' } })
    const { results } = await env.DB.prepare('SELECT address FROM comments').all<{ address: string }>()
    expect(new Set(results.map(({ address }) => address)).size).toBe(2)
    for (const { address } of results) expect(address).toMatch(/^\d{5}-[\w-]{22}\.[\w-]{22}$/)
    const dump = JSON.stringify((await env.DB.prepare('SELECT * FROM comments').all()).results)
    expect(dump).not.toContain('192.0.2.99')
  })

  it('refuses a banned address and a banned author until the ban is lifted', async () => {
    const token = 'c'.repeat(43)
    const { comment: mine } = await posted({}, { token })
    const author = (await screened(mine.id)).author.id
    const bans = await Promise.all(
      [
        { siteId: 'blog', kind: 'author', value: author },
        { siteId: 'blog', kind: 'address', value: '203.0.113.0/24' },
      ].map((ban) => json<{ id: string }>(asOperator('POST', '/v1/bans', ban), 201)),
    )
    const byAuthor = () => post(comment(), { token })
    const byAddress = () => post(comment(), { headers: { 'cf-connecting-ip': '203.0.113.77' } })
    expect((await json<ErrorBody>(byAuthor(), 403)).error.code).toBe('banned')
    expect((await json<ErrorBody>(byAddress(), 403)).error.code).toBe('banned')
    for (const { id } of bans) expect((await asOperator('DELETE', `/v1/bans/${id}`)).status).toBe(204)
    expect([(await byAuthor()).status, (await byAddress()).status]).toEqual([202, 202])
  })
})

describe('An author’s own comment', () => {
  it('can be read from the site’s pages and from its own host, and from no other page', async () => {
    const { comment: mine, token } = await posted()
    const read = async (origin: string | null) => {
      const answer = await call('GET', `/v1/sites/blog/comments/${mine.id}`, { token, origin })
      return [answer.status, answer.headers.get('access-control-allow-origin')]
    }
    expect(await read(pageOrigin)).toEqual([200, pageOrigin])
    expect(await read(null)).toEqual([200, null])
    expect(await read('https://evil.example')).toEqual([403, null])
  })

  it('can be edited, keeps what was said before, and is screened again', async () => {
    const { comment: mine, token } = await posted({ body: 'First version' })
    await screened(mine.id)
    const path = `/v1/sites/blog/comments/${mine.id}`
    const edited = await json<Posted>(call('PATCH', path, { token, body: { body: 'Second', revision: 1 } }))
    expect(edited.comment.own).toMatchObject({ status: 'pending', body: 'Second', revision: 2 })
    expect((await screened(mine.id)).revision).toBe(2)
    const { results } = await env.DB.prepare('SELECT body FROM revisions').all()
    expect(results).toEqual([{ body: 'First version' }])
  })

  it('stays shown as it was approved until its edit is decided', async () => {
    const { comment: mine, token } = await approved({ body: 'Approved words' })
    const path = `/v1/sites/blog/comments/${mine.id}`
    await json(call('PATCH', path, { token, body: { body: 'New words', revision: 1 } }))
    const before = await thread()
    expect(before.thread.count).toBe(1)
    expect(JSON.stringify(before.items)).toContain('Approved words')
    expect(JSON.stringify(before.items)).not.toContain('New words')
    const { decisionId } = await decided(mine.id, 'approve', { revision: 2 })
    expect(JSON.stringify((await thread()).items)).toContain('New words')
    await json(asOperator('DELETE', `/v1/decisions/${decisionId}`))
    expect(JSON.stringify((await thread()).items)).toContain('Approved words')
  })

  it('keeps of many versions the first, the one that is shown and the latest twenty', async () => {
    const { comment: mine, token } = await approved({ body: 'Version 1' })
    const edit = (revision: number) =>
      json(
        call('PATCH', `/v1/sites/blog/comments/${mine.id}`, {
          token,
          body: { body: `Version ${revision + 1}`, revision },
        }),
      )
    const kept = async () =>
      (await env.DB.prepare('SELECT body FROM revisions ORDER BY revision').all()).results.map(({ body }) =>
        Number(String(body).split(' ')[1]),
      )
    for (let revision = 1; revision < 5; revision++) await edit(revision)
    await decided(mine.id, 'approve', { revision: 5 })
    for (let revision = 5; revision < 29; revision++) await edit(revision)
    expect(await kept()).toEqual([1, 5, ...Array.from({ length: 20 }, (_, at) => at + 9)])
    await decided(mine.id, 'reject', { revision: 29 })
    expect((await own(mine.id, token)).own?.body).toBe('Version 29')
  })

  it('is not edited from an old revision, nor after the window', async () => {
    const { comment: mine, token } = await posted()
    const patch = (revision: number) =>
      call('PATCH', `/v1/sites/blog/comments/${mine.id}`, { token, body: { body: 'x', revision } })
    expect((await json<ErrorBody>(patch(2), 409)).error.code).toBe('conflict')
    await asOperator('PATCH', '/v1/sites/blog', { settings: { editMinutes: 0 } })
    expect((await json<ErrorBody>(patch(1), 403)).error.code).toBe('edit_window_over')
  })

  it('is not edited after a rejection that came while the edit was still being sent', async () => {
    const { comment: mine, token } = await posted()
    let send = (_: string) => {}
    const slowly = new ReadableStream<Uint8Array>({
      start(controller) {
        send = (text) => {
          controller.enqueue(new TextEncoder().encode(text))
          if (text.endsWith('}')) controller.close()
        }
      },
    })
    send('{"body":')
    const answer = call('PATCH', `/v1/sites/blog/comments/${mine.id}`, { token, body: slowly })
    await decided(mine.id, 'reject')
    send('"Late","revision":1}')
    expect((await json<ErrorBody>(answer, 403)).error.code).toBe('edit_window_over')
    expect((await own(mine.id, token)).own?.status).toBe('rejected')
  })

  it('is not edited from a banned address', async () => {
    const { comment: mine, token } = await posted()
    await asOperator('POST', '/v1/bans', { siteId: 'blog', kind: 'address', value: '203.0.113.0/24' })
    const headers = { 'cf-connecting-ip': '203.0.113.9' }
    const body = { body: 'x', revision: 1 }
    const answer = call('PATCH', `/v1/sites/blog/comments/${mine.id}`, { token, body, headers })
    expect((await json<ErrorBody>(answer, 403)).error.code).toBe('banned')
  })

  it('that was spam stays on its author’s record, without its words, when it is taken back', async () => {
    const said = { body: 'Earn money at home, ask me how I do it!' }
    const { comment: mine, token } = await posted(said)
    await decided(mine.id, 'spam')
    expect((await call('DELETE', `/v1/sites/blog/comments/${mine.id}`, { token })).status).toBe(204)
    const item = (await queue('tab=all')).items[0]
    expect(item).toMatchObject({ status: 'spam', body: '', author: { name: '' }, history: { spam: 1 } })
    const { comment: again } = await posted(said)
    const found = (await screened(again.id)).findings.find(({ code }) => code === 'repeat')
    expect(found?.params).toEqual({ count: 1, refused: 1 })
  })

  it('can be taken back, words and all, and leaves a placeholder where it was answered', async () => {
    const { comment: mine, token } = await approved({
      body: 'Private words',
      author: { name: 'Secret Name', email: 'me@mail.example', url: 'https://me.example' },
    })
    await approved({ parentId: mine.id })
    expect((await call('DELETE', `/v1/sites/blog/comments/${mine.id}`, { token })).status).toBe(204)
    const { thread: shown, items } = await thread()
    expect(shown.count).toBe(1)
    expect(items[0]).toMatchObject({
      id: mine.id,
      gone: true,
      content: [],
      author: { id: '', name: '', url: null },
    })
    const dump = JSON.stringify([
      (await env.DB.prepare('SELECT * FROM comments').all()).results,
      (await env.DB.prepare('SELECT * FROM revisions').all()).results,
      (await env.DB.prepare('SELECT * FROM events').all()).results,
    ])
    for (const secret of ['Private words', 'Secret Name', 'me@mail.example', 'me.example'])
      expect(dump).not.toContain(secret)
    expect((await call('GET', `/v1/sites/blog/comments/${mine.id}`, { token })).status).toBe(404)
  })
})

describe('An author whose comment waits', () => {
  it('is told within what time most were decided of late, where twenty were', async () => {
    const { comment: made, token } = await posted()
    const usual = async (hours: number[]) => {
      const waits = hours.map((one) => String(one * 3600).padStart(8, '0')).join('')
      await env.DB.prepare("UPDATE tallies SET waits = ? WHERE site_id = 'blog'").bind(waits).run()
      return (await own(made.id, token)).own?.usualWait
    }
    const some = (count: number, hours: number) => Array.from({ length: count }, () => hours)
    expect(await usual(some(19, 1))).toBeUndefined()
    expect(await usual([...some(16, 2.5), ...some(4, 90)])).toBe(3 * 3600)
    expect(await usual([...some(15, 0.1), ...some(5, 20)])).toBe(24 * 3600)
    expect(await usual(some(250, 900))).toBeUndefined()
    await usual(some(20, 1))
    await decided(made.id, 'approve')
    expect((await own(made.id, token)).own).not.toHaveProperty('usualWait')
  })
})
