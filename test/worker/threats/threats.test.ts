import { env, exports } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Liked } from '../../../worker/contract/reactions.ts'
import { memory } from '../../../worker/http/isolateCache.ts'
import {
  approved,
  asOperator,
  call,
  comment,
  decided,
  host,
  json,
  own,
  pageOrigin,
  post,
  posted,
  queue,
  thread,
} from '../product.ts'
import { claims } from './data.ts'
import { attribute, elementsOf } from './html.ts'
import {
  addSites,
  base,
  form,
  type Options,
  operator,
  other,
  reads,
  seen,
  settled,
  stored,
  token,
  written,
} from './product.ts'

beforeEach(addSites)

/** All that a stranger can ask of a comment's id. */
const probes = (id: string): [method: string, path: string, options?: Options][] => {
  const one = `${base}/comments/${id}`
  return [
    ...['thread?', 'thread?sort=newest&', 'thread?sort=top&'].flatMap((part) =>
      [`around=${id}`, `cursor=r0.${id}`, `cursor=p0.${id}`, `cursor=b0.${id}`].map(
        (query): [string, string] => ['GET', `${base}/${part}key=/post&${query}`],
      ),
    ),
    ['GET', `${base}/thread.html?key=/post&around=${id}`],
    ['GET', `${base}/thread.html?key=/post&cursor=b0.${id}`],
    ['GET', `/t/blog?key=/post&reply=${id}`],
    ['GET', `/t/blog?key=/post&cursor=r0.${id}`],
    ['GET', `/t/blog?key=/post&own=${id}.${token}`],
    ['GET', one],
    ['HEAD', one],
    ['GET', one, { token }],
    ['PATCH', one, { token, body: { body: 'x', revision: 1 } }],
    ['PATCH', one, { body: '' }],
    ['DELETE', one, { token }],
    ['POST', `${one}/appeal`, { token, body: {} }],
    ['PUT', `${one}/like`, { token }],
    ['DELETE', `${one}/like`, { token }],
    ['POST', `${one}/flags`, { token, body: { reason: 'spam' } }],
    [
      'POST',
      `${base}/comments`,
      { body: comment({ parentId: id, id: 'a'.repeat(8).concat('-0000-4000-8000-000000000000') }) },
    ],
    ['POST', '/t/blog', { body: new URLSearchParams(written('', { parentId: id })).toString() }],
    ['GET', `/v1/queue?q=${id}`],
    ['PUT', `/v1/comments/${id}/pin`],
  ]
}

describe('Row 9: tokens that open another’s comment', () => {
  it('answer as if there were no comment, to the byte', async () => {
    const a = await posted()
    const b = await posted()
    const elsewhere = await posted({ url: `${other}/post` }, { origin: other }, 'other')
    const { comment: mine, token: right } = a
    const swapped = right.replace(/[a-z]/gi, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    )
    const wrong = {
      none: undefined,
      'of another comment': b.token,
      'of another site': elsewhere.token,
      truncated: right.slice(0, -1),
      'cut to its start': right.slice(0, 20),
      longer: `${right}A`,
      'in other case': swapped,
      'in its stored form': (
        await env.DB.prepare('SELECT token_hash AS hash FROM authors').first<{ hash: string }>()
      )?.hash,
      'the comment’s own id': mine.id,
      empty: '',
    }
    const acts = [
      ['GET', '', undefined],
      ['PATCH', '', { body: 'Hijacked', revision: 1 }],
      ['PATCH', '', 'no JSON'],
      ['DELETE', '', undefined],
      ['POST', '/appeal', { note: 'x' }],
      ['POST', '/appeal', undefined],
    ] as const
    for (const [method, noun, body] of acts) {
      const absent = await seen(method, `${base}/comments/${crypto.randomUUID()}${noun}`, {
        body,
        token: right,
      })
      expect(absent.status).toBe(404)
      for (const [name, one] of Object.entries(wrong)) {
        const options = { body, ...(one !== undefined && { headers: { authorization: `Bearer ${one}` } }) }
        const answer = await seen(method, `${base}/comments/${mine.id}${noun}`, options)
        expect(answer, `${method} ${noun} ${name}`).toEqual(absent)
      }
      const crossed = await seen(method, `/v1/sites/other/comments/${mine.id}${noun}`, {
        body,
        token: right,
        origin: other,
      })
      expect([crossed.status, crossed.body]).toEqual([404, absent.body])
    }
    const plain = async (ownership: string) =>
      settled(await (await form({ key: '/post', lang: 'en', own: ownership })).text())
    const nobody = await plain(`${crypto.randomUUID()}.${right}`)
    for (const one of Object.values(wrong)) expect(await plain(`${mine.id}.${one ?? ''}`)).toBe(nobody)
    expect(await plain(`${mine.id}.${right}`)).not.toBe(nobody)
    expect((await own(mine.id, right)).own).toMatchObject({
      status: 'pending',
      revision: 1,
      body: mine.own?.body,
    })
  })

  it('are stored as digests only, of 256 random bits', async () => {
    const { token: made } = await posted()
    expect(made).toMatch(/^[\w-]{43}$/)
    const rows = await env.DB.prepare('SELECT * FROM authors').all()
    expect(JSON.stringify(rows)).not.toContain(made)
  })
})

describe('Row 10: one site in place of another', () => {
  const spellings = [
    '',
    'BLOG',
    'Blog',
    'blog%20',
    '%20blog',
    'blog,other',
    'blog%2Fother',
    'blog%00',
    'bl%C3%B6g',
    '..%2Fblog',
    'blog%3Fsite=other',
    '*',
    '%25',
    'blog%2f..%2fother',
  ]

  it.each(spellings)('has no site “%s”', async (site) => {
    await approved()
    const id = crypto.randomUUID()
    const asked: [string, string, Options?][] = [
      ['GET', 'thread?key=/post'],
      ['GET', 'thread.html?key=/post'],
      ['GET', 'counts?key=/post'],
      ['GET', 'feed.atom'],
      ['GET', 'feed.json'],
      ['POST', 'comments', { body: comment() }],
      ['POST', 'challenges', { body: { id } }],
      ['GET', `comments/${id}`, { token }],
      ['PATCH', `comments/${id}`, { token, body: {} }],
      ['DELETE', `comments/${id}`, { token }],
      ['POST', `comments/${id}/appeal`, { token, body: {} }],
      ['PUT', `comments/${id}/like`, { token }],
      ['DELETE', `comments/${id}/like`, { token }],
      ['POST', `comments/${id}/flags`, { token, body: { reason: 'spam' } }],
    ]
    for (const [method, path, options] of asked) {
      const answer = await seen(method, `/v1/sites/${site}/${path}`, options)
      expect(answer.status, path).toBe(404)
      expect(answer.headers['cache-control']).toBe('no-store')
    }
    if (site !== '')
      for (const method of ['GET', 'POST'])
        expect(
          (await seen(method, `/t/${site}?key=/post`, { body: method === 'POST' ? 'key=/post' : undefined }))
            .status,
        ).toBe(404)
    expect(await stored()).toBe(1)
  })

  it('is named by the path alone: elsewhere its name is refused', async () => {
    const body = comment()
    for (const claimed of [{ site: 'other' }, { siteId: 'other' }, { site_id: 'other' }]) {
      const { error } = await json<ErrorBody>(post({ ...body, ...claimed }), 400)
      expect(error).toMatchObject({ code: 'unknown_field', field: Object.keys(claimed)[0] })
    }
    for (const path of [`${base}/comments?site=other`, `${base}/comments?siteId=other`])
      expect((await json<ErrorBody>(call('POST', path, { body }), 400)).error.code).toBe('unknown_parameter')
    expect((await post(body)).status).toBe(202)
    await decided(body.id, 'approve')
    for (const site of ['blog', 'other'])
      expect((await call('GET', `/v1/sites/${site}/thread?key=/post&site=blog`)).status).toBe(400)
    expect((await thread('key=/post')).items).toHaveLength(1)
    expect((await thread('key=/post', 'other')).items).toHaveLength(0)
    const { items } = await queue('tab=all&site=blog')
    expect(items.map(({ site }) => site.id)).toEqual(['blog'])
  })

  it('takes a comment’s page from the same site only, and no page of another’s', async () => {
    const wrong = comment({ url: `${other}/post` })
    expect((await json<ErrorBody>(post(wrong), 403)).error).toMatchObject({
      code: 'wrong_origin',
      field: 'url',
    })
    expect((await post(comment(), { origin: other })).status).toBe(403)
    const { comment: root } = await approved()
    const reply = comment({ parentId: root.id, url: `${other}/post` })
    expect((await post(reply, { origin: other }, 'other')).status).toBe(422)
  })

  it('named twice, or with something else twice, is refused', async () => {
    for (const path of [
      '/v1/queue?site=blog&site=other',
      '/v1/stats?site=blog&site=other',
      '/v1/bans?site=blog&site=other',
      '/v1/exports/decisions.csv?site=blog&site=other',
      `${base}/thread?key=/a&key=/b`,
      `${base}/thread?key=/a&sort=top&sort=top`,
      `${base}/thread.html?key=/a&lang=en&lang=ja`,
      `${base}/feed.atom?key=/a&key=/b`,
      `${base}/feed.json?key=/a&key=/b`,
    ])
      expect((await json<ErrorBody>(asOperator('GET', path), 400)).error.code).toBe('invalid')
    for (const path of ['/t/blog?key=/a&key=/b', '/t/blog?key=/a&own=a.b&own=c.d'])
      expect((await call('GET', path)).status).toBe(400)
    expect((await asOperator('GET', '/v1/exports/decisions.csv')).status).toBe(400)
    expect((await asOperator('GET', '/v1/stats?site=BLOG')).status).toBe(404)
    expect((await asOperator('POST', '/v1/bans', { kind: 'author', value: 'abcdef01' })).status).toBe(400)
    expect(
      (await asOperator('POST', '/v1/bans', { siteId: 'Blog', kind: 'author', value: 'abcdef01' })).status,
    ).toBe(404)
  })
})

/** What only this program's own innards would say. */
const inner = /\bat\s.+:\d+|SQL|D1|worker\/|Error:/

describe('Row 11: comments that no reader may see', () => {
  const hide = {
    pending: async () => {},
    rejected: (id: string) => decided(id, 'reject', { reason: 'abuse' }),
    spam: (id: string) => decided(id, 'spam'),
    deleted: (id: string) => decided(id, 'delete'),
  }
  const states = Object.keys(hide) as (keyof typeof hide)[]
  const secret = { body: 'Unseen words', author: { name: 'Unseen name', url: 'https://unseen.example' } }

  const world = async (keys: string[]) => {
    memory.empty()
    const answers = []
    for (const path of new Set(keys.flatMap(reads))) {
      const answer = await seen('GET', path, { origin: null })
      answers.push({ path, ...answer, body: settled(answer.body) })
    }
    return answers
  }

  it.each(states)(
    '(%s) change no answer, beside shown ones or alone',
    async (state) => {
      await approved()
      const before = await world(['/post', '/alone'])
      for (const key of ['/post', '/alone']) {
        const { comment: hidden } = await posted({ ...secret, key, url: `${pageOrigin}${key}` })
        await hide[state](hidden.id)
      }
      const after = await world(['/post', '/alone'])
      expect(after).toEqual(before)
      expect(JSON.stringify(after)).not.toMatch(/unseen/i)
      expect(after.filter(({ headers }) => headers.etag).length).toBeGreaterThan(8)
      const lonely = (await world(['/alone'])).map(({ body }) => body)
      const never = (await world(['/never-was'])).map(({ body }) => body)
      expect(lonely.join().replaceAll('alone', 'x')).toBe(never.join().replaceAll('never-was', 'x'))
    },
    30_000,
  )

  it.each(states)(
    '(%s) can’t be told from those that never were by asking for their ids',
    async (state) => {
      await approved()
      const { comment: hidden } = await posted(secret)
      await hide[state](hidden.id)
      const ask = async (id: string) => {
        const answers = []
        for (const [method, path, options] of probes(id)) {
          const answer = await seen(method, path, options)
          const body = settled(answer.body).replaceAll(id, 'ID')
          const headers = JSON.stringify(answer.headers).replaceAll(id, 'ID')
          // The tag of a page that tells an id back is not that of another id's.
          const etag = path.includes('thread.html') ? /"etag":"[^,]+,?/g : /$^/
          answers.push({
            what: `${method} ${path.replaceAll(id, 'ID')}`,
            ...answer,
            body,
            headers: headers.replace(etag, ''),
          })
        }
        return answers
      }
      const answers = await ask(hidden.id)
      expect(answers).toEqual(await ask(crypto.randomUUID()))
      expect(JSON.stringify(answers)).not.toMatch(/unseen/i)
      expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    },
    30_000,
  )

  it('are shown to their author by token alone, kept nowhere and indexed nowhere', async () => {
    const { comment: hidden, token: mine } = await posted(secret)
    const data = await seen('GET', `${base}/comments/${hidden.id}`, { token: mine })
    expect([data.status, data.headers['cache-control'], data.headers.etag]).toEqual([
      200,
      'no-store',
      undefined,
    ])
    const page = await form({ key: '/post', own: `${hidden.id}.${mine}` })
    const html = await page.text()
    expect(html).toContain('Unseen words')
    expect(page.headers.get('cache-control')).toBe('no-store')
    const robots = elementsOf(html).find((element) => attribute(element, 'name') === 'robots')
    expect(robots && attribute(robots, 'content')).toContain('noindex')
    for (const path of [`${base}/thread?key=/post`, `${base}/thread.html?key=/post`, `${base}/feed.json`]) {
      const answer = await seen('GET', path, { token: mine })
      expect(answer.body).not.toMatch(/unseen/i)
      expect(answer.headers['cache-control']).toBe('no-store')
    }
  })
})

describe('Row 12: what leaks by public answers', () => {
  const allowed = {
    thread:
      'thread items next previous key url title count closed moderated bodyLimit origins version proof telling kind siteKey',
    comment:
      'id parentId author name url badge content createdAt editedAt likes replies count next gone pinned',
    content: 'type children text href ordered start',
    counts: 'counts',
    feed: 'version title home_page_url feed_url language items id url content_html date_published date_modified authors name',
  }
  const keysOf = (value: unknown): string[] =>
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([key, inner]) => [
          ...(Array.isArray(value) ? [] : [key]),
          ...keysOf(inner),
        ])
  const private_ =
    /mail|(^|_)ip$|address|agent|hash|token|secret|score|reason|finding|verdict|band|trust|trap|elapsed|status|revision|seq|flags?$|appeal/i

  it('is nothing: their fields are listed here, and hold nothing a person gave in confidence', async () => {
    const author = { name: 'Mika', email: 'mika@mail.example', url: 'https://mika.example/' }
    const from = { headers: { 'cf-connecting-ip': '203.0.113.77' }, token }
    const { comment: root } = await approved({ author, body: '*a* [b](https://b.example) `c`\n\n2. d' }, from)
    const { comment: reply } = await approved({ author, parentId: root.id }, from)
    await asOperator('PUT', `/v1/authors/${root.author.id}/badge`, { badge: 'Editor' })
    await asOperator('PUT', `/v1/comments/${root.id}/pin`)
    await call('PUT', `${base}/comments/${root.id}/like`, { ...from, token: 'l'.repeat(43) })
    const flag = { reason: 'abuse', note: 'A note in confidence' }
    await call('POST', `${base}/comments/${reply.id}/flags`, { ...from, token: 'l'.repeat(43), body: flag })

    const dump = (
      await env.DB.prepare(
        'SELECT email, token_hash, body_hash, request_hash, address FROM comments c JOIN authors a ON a.id = c.author_id',
      ).all()
    ).results
    const confidential = [...new Set(dump.flatMap((row) => Object.values(row)))].filter(Boolean).map(String)
    expect(confidential.length).toBeGreaterThan(4)
    confidential.push('203.0.113.77', token, 'l'.repeat(43), 'A note in confidence')

    const words = new Set(Object.values(allowed).join(' ').split(' '))
    for (const path of [...reads('/post'), `${base}/thread?key=/post&around=${reply.id}`]) {
      const { body, status, headers } = await seen('GET', path, { origin: null })
      expect(status).toBe(200)
      const told = confidential.filter((text) => (body + JSON.stringify(headers)).includes(text))
      expect(told, path).toEqual([])
      if (path === '/v1/health') expect(Object.keys(JSON.parse(body)).sort()).toEqual(['database', 'status'])
      else if (body.startsWith('{')) {
        const keys = new Set(keysOf(JSON.parse(body)).filter((key) => !key.startsWith('/')))
        expect(
          [...keys].filter((key) => !words.has(key) || private_.test(key)),
          path,
        ).toEqual([])
      }
    }
    const liked = await json<Liked>(
      call('PUT', `${base}/comments/${root.id}/like`, { token: 'm'.repeat(43) }),
    )
    expect(Object.keys(liked)).toEqual(['likes'])
  })

  it('is nothing by errors', async () => {
    await approved()
    for (const [method, path, body] of [
      ['GET', `${base}/thread?key=/post&cursor=x`],
      ['GET', `${base}/none`],
      ['PUT', `${base}/comments`],
      ['POST', `${base}/comments`, '{'],
      ['POST', `${base}/comments`, { ...comment(), parentId: crypto.randomUUID() }],
      ['GET', '/v1/queue'],
      ['GET', '/none'],
    ] as const) {
      const answer = await seen(method, path, { body })
      const { error } = JSON.parse(answer.body) as ErrorBody
      expect(
        keysOf(JSON.parse(answer.body)).filter(
          (key) => !['error', 'code', 'message', 'field', 'limit'].includes(key),
        ),
      ).toEqual([])
      expect(error.message).not.toMatch(inner)
    }
    for (const path of ['/t/blog?key=/post&sort=x', '/t/none', '/t/', '/t/blog/x', '/t/%00'])
      expect((await seen('GET', path)).body).not.toMatch(inner)
  })
})

describe('Row 13: caches that give one what is another’s', () => {
  it('find one thread by every spelling of its page’s address, and another by none', async () => {
    await approved({ key: '/caf%C3%A9/a' })
    const { body } = await seen('GET', `${base}/thread?key=${encodeURIComponent('/caf%C3%A9/a')}`)
    for (const key of [
      '/café/a',
      '/caf%c3%a9/%61/',
      '/café/a?utm_source=x&fbclid=y',
      '/café/a#top',
      '/café/a/index.html',
      '/x/../café/a',
      'https://blog.example/café/a',
      'https://BLOG.example:443/café/a',
      ' /café/a ',
    ])
      expect((await seen('GET', `${base}/thread?key=${encodeURIComponent(key)}`)).body, key).toBe(body)
    for (const key of ['/CAFÉ/a', '/café%2Fa', '/café/a?b', '/cafe/a', '/café/A', '/caf%25C3%25A9/a'])
      expect((await thread(`key=${encodeURIComponent(key)}`)).thread.count, key).toBe(0)
  })

  it('hear nothing that a header they don’t go by could change', async () => {
    await approved()
    for (const path of [
      ...reads('/post').slice(0, -1),
      `${base}/thread?key=/post&cursor=x`,
      `${base}/none`,
    ]) {
      const asked = async (headers: Record<string, string>) => {
        memory.empty()
        const answer = await seen('GET', path, { origin: null, headers })
        return { ...answer, body: settled(answer.body) }
      }
      const plain = await asked({})
      for (const [name, value] of Object.entries(claims))
        expect(await asked({ [name]: value }), `${path} ${name}`).toEqual(plain)
      expect(await asked(claims)).toEqual(plain)
    }
  })

  it('get the host that was asked in answers to its own address only, also from this isolate’s memory', async () => {
    await approved()
    const at = async (origin: string, path: string) => {
      const answer = await exports.default.fetch(new Request(origin + path))
      return settled(await answer.text())
    }
    for (const path of reads('/post')) {
      const evil = await at('https://evil.example', path)
      const ours = await at(host, path)
      expect(ours, path).not.toContain('evil.example')
      if (path.includes('/thread?') || path.includes('/counts?')) expect(ours).toBe(evil)
    }
  })

  it('keep nothing that is personal or the staff’s', async () => {
    const { comment: one, token: mine } = await posted()
    const personal: [string, string, Options?][] = [
      ['GET', `${base}/comments/${one.id}`, { token: mine }],
      ['PATCH', `${base}/comments/${one.id}`, { token: mine, body: { body: 'Edited', revision: 1 } }],
      ['GET', `/t/blog?key=/post&own=${one.id}.${mine}`],
      ['GET', '/t/blog?key=/post'],
      ['POST', `${base}/comments`, { body: comment() }],
      ['POST', `${base}/challenges`, { body: { id: one.id } }],
      ...[
        'queue',
        'audit-log',
        'stats',
        'bans',
        'sites',
        'tokens',
        'session',
        'sites/blog/word-lists',
        'sites/blog/screeners',
        'exports/decisions.csv?site=blog',
      ].map((path): [string, string, Options] => ['GET', `/v1/${path}`, { headers: operator }]),
    ]
    for (const [method, path, options] of personal) {
      const { headers, status } = await seen(method, path, options)
      expect(status, path).toBeLessThan(300)
      expect(headers['cache-control'], path).toBe('no-store')
      expect(headers['cloudflare-cdn-cache-control']).toBeUndefined()
      expect(headers['cache-tag']).toBeUndefined()
    }
    expect(memory.answers).toBe(0)
  })

  it('in this isolate never mix sites, keys, orders or places', async () => {
    await approved({ body: 'Of the blog' })
    await approved({ body: 'Of the blog too', key: '/second' })
    const elsewhere = await posted({ body: 'Of the other', url: `${other}/post` }, { origin: other }, 'other')
    await decided(elsewhere.comment.id, 'approve')
    const paths = ['blog', 'other'].flatMap((site) =>
      ['/post', '/second', '/none'].flatMap((key) =>
        ['', '&sort=newest', '&since=0', '&since=99'].map(
          (more) => `/v1/sites/${site}/thread?key=${key}${more}`,
        ),
      ),
    )
    const fresh = new Map<string, string>()
    for (const path of paths) {
      memory.empty()
      fresh.set(path, (await seen('GET', path)).body)
    }
    for (const path of [...paths, ...paths.toReversed()])
      expect((await seen('GET', path)).body).toBe(fresh.get(path))
    expect(memory.answers).toBe(paths.length)
  })
})
