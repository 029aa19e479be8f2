import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { Ban } from '../../../worker/contract/bans.ts'
import type { DecisionResults } from '../../../worker/contract/decisions.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { QueuePage } from '../../../worker/contract/queue.ts'
import type { Session } from '../../../worker/contract/session.ts'
import { approvedQuietly, reading } from '../crowd.ts'
import { deliver, fetchIn, losing } from '../jobs.ts'
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
  pageOrigin,
  post,
  posted,
  queue,
  screened,
  thread,
} from '../product.ts'
import { costOf } from '../trips.ts'

beforeEach(() => addSite())

interface Conflict extends DecisionResults {
  error: { code: string; message: string }
}

const log = async () => (await json<Page<AuditEntry>>(asOperator('GET', '/v1/audit-log'))).items
const apiToken = async (name: string) =>
  (await json<{ token: string }>(asOperator('POST', '/v1/tokens', { name }), 201)).token
const undo = (decisionId: string) => asOperator('DELETE', `/v1/decisions/${decisionId}`)

describe('A decision', () => {
  it.each([
    ['approve', 'approved', 1],
    ['reject', 'rejected', 0],
    ['spam', 'spam', 0],
    ['delete', 'deleted', 0],
  ] as const)(
    'to %s is written, counted, logged, and undone without a trace but in the log',
    async (action, status, shown) => {
      const { comment: mine } = await posted()
      await screened(mine.id)
      const before = await queue('tab=all')
      const { decisionId } = await decided(mine.id, action, { reason: 'abuse' })
      const after = (await queue('tab=all')).items[0]
      expect(after).toMatchObject({
        status,
        decision: { id: decisionId, action, by: 'operator', reason: 'abuse' },
      })
      expect((await thread()).thread.count).toBe(shown)
      await json(undo(decisionId))
      expect(await queue('tab=all')).toEqual(before)
      expect((await thread()).thread.count).toBe(0)
      expect((await log()).slice(0, 2).map(({ act }) => act)).toEqual(['comment.undo', `comment.${action}`])
    },
  )

  it('can be undone once, and only while it stands', async () => {
    const { comment: mine } = await posted()
    const first = await decided(mine.id, 'approve')
    const second = await decided(mine.id, 'spam')
    const late = await json<ErrorBody & { present: unknown }>(undo(first.decisionId), 409)
    expect(late).toMatchObject({ error: { code: 'conflict' }, present: { status: 'spam' } })
    await json(undo(second.decisionId))
    expect((await queue('tab=all')).items[0]).toMatchObject({
      status: 'approved',
      decision: { id: first.decisionId },
    })
    await json(undo(second.decisionId), 409)
    await json(undo(first.decisionId))
    expect((await queue()).items[0]).toMatchObject({ status: 'pending', decision: null })
    await json(undo('nothing'), 404)
  })

  it('keeps all counters true through any sequence of decisions and undos', async () => {
    const root = await approved()
    const ids = [root.comment.id]
    for (let index = 0; index < 3; index++)
      ids.push((await approved({ parentId: root.comment.id })).comment.id)
    const actions = ['approve', 'reject', 'spam', 'delete', 'restore'] as const
    const done: string[] = []
    for (let step = 0; step < 40; step++) {
      if (step % 5 === 4 && done.length > 0) await undo(done.pop() as string)
      else {
        const result = await decided(ids[(step * 7) % 4] as string, actions[(step * 3) % 5] as 'approve')
        done.push(result.decisionId)
      }
    }
    const truth = await env.DB.prepare(
      `SELECT sum(status = 'pending') AS held, sum(status = 'spam') AS spam, count(*) AS "all",
         sum(shown_revision IS NOT NULL) AS shown,
         sum(shown_revision IS NOT NULL AND root_seq IS NOT NULL) AS replies FROM comments`,
    ).first<Record<string, number>>()
    const { counts } = await queue()
    expect(counts).toMatchObject({ held: truth?.held, spam: truth?.spam, all: truth?.all })
    expect((await thread()).thread.count).toBe(truth?.shown)
    expect(
      await env.DB.prepare('SELECT branch_count, reply_count FROM comments WHERE root_seq IS NULL').first(),
    ).toEqual({
      branch_count: truth?.replies,
      reply_count: truth?.replies,
    })
    expect(
      await env.DB.prepare(
        `SELECT count(*) AS n FROM authors a WHERE a.approved <> (SELECT count(*) FROM comments c
           WHERE c.author_id = a.id AND c.status = 'approved')`,
      ).first('n'),
    ).toBe(0)
  })

  it('is taken one by one in a selection, each with its own result', async () => {
    const one = await posted()
    const two = await posted()
    const answer = await asOperator('POST', '/v1/decisions', [
      { commentId: one.comment.id, revision: 1, action: 'approve' },
      { commentId: two.comment.id, revision: 9, action: 'approve' },
      { commentId: crypto.randomUUID(), revision: 1, action: 'approve' },
    ])
    const { results } = await json<DecisionResults>(answer, 207)
    expect(results).toMatchObject([
      { commentId: one.comment.id, status: 'approved' },
      { commentId: two.comment.id, error: { code: 'conflict' }, present: { status: 'pending', revision: 1 } },
      { error: { code: 'not_found' } },
    ])
  })

  it.each([
    [[], 400, 'missing'],
    [{}, 400, 'wrong_type'],
    [[{ commentId: 'x', revision: 1, action: 'approve' }], 400, 'invalid'],
    [[{ commentId: crypto.randomUUID(), revision: 1, action: 'publish' }], 400, 'invalid'],
    [[{ commentId: crypto.randomUUID(), revision: '1', action: 'approve' }], 400, 'wrong_type'],
    [
      [{ commentId: crypto.randomUUID(), revision: 1, action: 'reject', reason: 'x'.repeat(501) }],
      400,
      'too_long',
    ],
    [
      Array.from({ length: 101 }, () => ({ commentId: crypto.randomUUID(), revision: 1, action: 'approve' })),
      400,
      'too_long',
    ],
    [[{ commentId: crypto.randomUUID(), revision: 1, action: 'approve' }], 404, 'not_found'],
  ])('of bad form is refused with the reason: case %#', async (body, status, code) => {
    expect((await json<ErrorBody>(asOperator('POST', '/v1/decisions', body), status)).error.code).toBe(code)
  })
})

describe('Two moderators on one comment', () => {
  it('deciding in the same moment: one wins, the other is told the present state', async () => {
    const [one, other] = [await apiToken('one'), await apiToken('other')]
    const by = (token: string, commentId: string, action: string) =>
      call('POST', '/v1/decisions', { token, origin: null, body: [{ commentId, revision: 1, action }] })
    for (let round = 0; round < 10; round++) {
      const { comment: mine } = await posted()
      const answers = await Promise.all([by(one, mine.id, 'approve'), by(other, mine.id, 'spam')])
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
      const loser = (await (answers.find(({ status }) => status === 409) as Response).json()) as Conflict
      const winner = (await (answers.find(({ status }) => status === 200) as Response).json()) as {
        results: { status: string; decisionId: string }[]
      }
      expect(loser.results[0]).toMatchObject({
        error: { code: 'conflict' },
        present: { status: winner.results[0]?.status, decision: { id: winner.results[0]?.decisionId } },
      })
    }
    const { results } = await env.DB.prepare('SELECT id FROM decisions').all()
    expect(results).toHaveLength(10)
  })

  it('deciding on what it no longer is: the later one is told', async () => {
    const { comment: mine } = await posted()
    await decided(mine.id, 'reject')
    const late = await json<Conflict>(decide(mine.id, 'approve', { status: 'pending' }), 409)
    expect(late.results[0]).toMatchObject({ present: { status: 'rejected', decision: { by: 'operator' } } })
    await decided(mine.id, 'approve', { status: 'rejected' })
  })

  it('deciding on an older revision: the decision is refused', async () => {
    const { comment: mine, token } = await posted()
    const path = `/v1/sites/blog/comments/${mine.id}`
    await json(call('PATCH', path, { token, body: { body: 'Now with an advert', revision: 1 } }))
    await json(decide(mine.id, 'approve'), 409)
    expect((await thread()).items).toEqual([])
  })

  it('deciding the same: both are right', async () => {
    const { comment: mine } = await posted()
    const one = await decided(mine.id, 'approve')
    expect(await decided(mine.id, 'approve')).toEqual(one)
  })
})

describe('The moderation queue', () => {
  it('holds the oldest first, shows spam the newest first, and counts each tab', async () => {
    const made = []
    for (let index = 0; index < 4; index++) made.push((await posted()).comment.id)
    expect((await queue('tab=held')).items.map(({ id }) => id)).toEqual(made)
    await decided(made[0] as string, 'spam')
    await decided(made[1] as string, 'spam')
    expect((await queue('tab=spam')).items.map(({ id }) => id)).toEqual([made[1], made[0]])
    expect((await queue('tab=all')).counts).toEqual({ held: 2, flagged: 0, appeals: 0, spam: 2, all: 4 })
  })

  it('shows all a moderator needs to decide', async () => {
    const root = await approved({ body: 'The question', author: { name: 'Asker' } })
    const { comment: mine } = await posted({
      parentId: root.comment.id,
      body: '> quoted\n\n**reply**',
      author: { name: 'Mika', email: 'mika@mail.example', url: 'https://mika.example' },
    })
    expect(await screened(mine.id)).toMatchObject({
      id: mine.id,
      revision: 1,
      body: '> quoted\n\n**reply**',
      content: [
        { type: 'quote' },
        { type: 'paragraph', children: [{ type: 'strong', children: ['reply'] }] },
      ],
      author: { name: 'Mika', email: 'mika@mail.example', url: 'https://mika.example' },
      thread: { key: '/post', url: `${pageOrigin}/post`, title: 'A post' },
      site: { id: 'blog', name: 'Blog' },
      parent: { id: root.comment.id, name: 'Asker' },
      trust: 'newcomer',
      history: { approved: 0, rejected: 0, spam: 0, sameAddress: 1 },
      findings: expect.arrayContaining([
        expect.objectContaining({ code: 'new_author' }),
        expect.objectContaining({ code: 'policy' }),
      ]),
    })
  })

  it('can be narrowed to a site, an author, a thread and a text', async () => {
    await addSite({ id: 'other', origins: ['https://other.example'] })
    const token = 'q'.repeat(43)
    const one = await posted(
      { body: 'About 天気 today', key: '/weather', url: `${pageOrigin}/weather` },
      { token },
    )
    await posted({ body: 'Something else' })
    await json(
      post(comment({ url: 'https://other.example/x' }), { origin: 'https://other.example' }, 'other'),
      202,
    )
    const item = (await queue('site=blog&q=天気')).items[0]
    expect(item?.id).toBe(one.comment.id)
    for (const filter of [
      `author=${item?.author.id}`,
      `thread=${item?.thread.id}`,
      'q=ABOUT',
      `site=blog&author=${item?.author.id}`,
    ])
      expect((await queue(filter)).items.map(({ id }) => id)).toEqual([one.comment.id])
    expect((await queue('site=other')).items).toHaveLength(1)
    expect((await queue('site=other')).counts).toMatchObject({ held: 1, all: 1 })
    expect((await queue()).counts).toMatchObject({ held: 3 })
    expect((await queue("q=%25' OR 1=1 --")).items).toEqual([])
  })

  it('comes in pages without gaps or repeats', async () => {
    for (let index = 0; index < 7; index++) await posted()
    const seen: string[] = []
    let cursor = ''
    do {
      const page: QueuePage = await queue(`tab=held&limit=3${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? ''
    } while (cursor)
    expect(new Set(seen).size).toBe(7)
  })

  it('answers 304 until something in it has changed', async () => {
    const ask = (etag: string) =>
      call('GET', '/v1/queue', {
        headers: { authorization: `Bearer ${env.OPERATOR_KEY}`, 'if-none-match': etag },
      })
    let etag = ''
    const { comment: mine } = await posted()
    await screened(mine.id)
    const changes = [
      async () => screened((await posted()).comment.id),
      () => decided(mine.id, 'approve'),
      () => decided(mine.id, 'spam'),
    ]
    for (const change of changes) {
      etag = (await ask('')).headers.get('etag') ?? ''
      expect((await ask(etag)).status).toBe(304)
      await change()
      expect((await ask(etag)).status).toBe(200)
    }
  })

  it('costs no more than six rows a comment shown among 100,000, whichever way it is asked', async () => {
    await fill(100_000)
    for (const query of [
      'tab=held',
      'tab=spam',
      'tab=all',
      'tab=flagged',
      'tab=held&site=blog',
      'tab=all&site=blog',
      'tab=all&author=a',
      'tab=all&thread=1',
      'tab=held&site=blog&sort=hardest',
      'tab=held&site=blog&sort=fine&cursor=50001~0.5',
    ]) {
      const { shown, rowsRead } = await reading(() => queue(`${query}&limit=50`))
      expect(shown, query).toBe(50)
      expect(rowsRead, query).toBeLessThanOrEqual(6 * 50)
    }
  })

  it('lists just the comments asked for by their ids, where they are on the tab', async () => {
    const some = [await posted(), await posted(), await posted()].map(({ comment }) => comment.id)
    await decided(some[0] as string, 'approve')
    const listed = async (query: string) => (await queue(query)).items.map(({ id }) => id)
    expect(await listed(`tab=all&ids=${some[0]},${some[2]}`)).toEqual([some[2], some[0]])
    expect(await listed(`tab=held&ids=${some[0]},${some[1]},${crypto.randomUUID()}`)).toEqual([some[1]])
  })

  it.each([
    ['tab=none', 'invalid'],
    ['limit=0', 'invalid'],
    ['limit=101', 'too_long'],
    ['cursor=abc', 'invalid'],
    ['thread=1;DROP', 'invalid'],
    ['site=a&site=b', 'invalid'],
    ['ids=1,2', 'invalid'],
  ])('says what is wrong with %s', async (query, code) => {
    expect((await json<ErrorBody>(asOperator('GET', `/v1/queue?${query}`), 400)).error.code).toBe(code)
  })
})

/** Fills the site with comments of every status, in SQL for speed. */
async function fill(count: number): Promise<void> {
  const first = await approvedQuietly()
  await env.DB.prepare('UPDATE authors SET public_id = ?').bind('a').run()
  const reply = 'CASE WHEN i % 2 = 0 THEN 1 END'
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
     INSERT INTO comments (id, site_id, thread_id, author_id, author_public_id, parent_id, parent_seq, root_seq,
       name, body, content, body_hash, request_hash, created_at, elapsed_ms, status, flags, verdict, score, doubt,
       decision_id)
     SELECT 'c' || i, 'blog', 1, 1, 'a', CASE WHEN i % 2 = 0 THEN ?2 END, ${reply}, ${reply}, 'Mika', 'x', '["x"]',
       '', '', i, 9000, CASE i % 3 WHEN 0 THEN 'pending' WHEN 1 THEN 'spam' ELSE 'approved' END, i % 2, 'hold',
       i * 7 % 1000 / 500.0 - 1, i * 11 % 1000 / 1000.0,
       (SELECT decision_id FROM comments WHERE seq = 1) FROM n`,
  )
    .bind(count, first)
    .run()
}

describe('Signing in', () => {
  const link = async (name = 'Mika') =>
    json<{ token: string; url: string }>(asOperator('POST', '/v1/sign-in-links', { name }), 201)
  const signIn = (token: string, origin: string | null = host) =>
    call('POST', '/v1/session', { body: { token }, origin })
  const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const withCookie = (method: string, path: string, cookie: string, more: Parameters<typeof call>[2] = {}) =>
    call(method, path, { origin: host, ...more, headers: { cookie, ...more.headers } })

  it('by a link works once, and the session is the browser’s alone', async () => {
    const { token, url } = await link()
    expect(url).toBe(`${host}/dashboard#sign-in=${token}`)
    const answer = await signIn(token)
    const cookie = answer.headers.get('set-cookie') ?? ''
    for (const part of ['__Host-', 'HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/'])
      expect(cookie).toContain(part)
    expect(await json<Session>(answer, 201)).toMatchObject({
      moderator: { name: 'Mika', role: 'owner' },
      sites: [{ id: 'blog' }],
    })
    expect((await json<ErrorBody>(signIn(token), 401)).error.code).toBe('link_expired')
    const dump = JSON.stringify([
      (await env.DB.prepare('SELECT * FROM sessions').all()).results,
      (await env.DB.prepare('SELECT * FROM sign_in_links').all()).results,
    ])
    expect(dump).not.toContain(token)
    expect(dump).not.toContain(cookieOf(answer).split('=')[1])
  })

  it('ends when it expires, on sign-out, and everywhere at once', async () => {
    const start = async () => cookieOf(await signIn((await link()).token))
    const cookies = [await start(), await start(), await start(), await start()] as const
    const alive = async (cookie: string) => (await withCookie('GET', '/v1/session', cookie)).status
    await withCookie('DELETE', '/v1/session', cookies[0])
    expect((await log())[0]).toMatchObject({ act: 'session.end', actor: { name: 'Mika' } })
    expect(await Promise.all(cookies.map(alive))).toEqual([401, 200, 200, 200])
    await withCookie('DELETE', '/v1/session?all=1', cookies[1])
    expect(await Promise.all(cookies.map(alive))).toEqual([401, 401, 401, 401])
    const last = await start()
    await env.DB.prepare('UPDATE sessions SET expires_at = ?')
      .bind(Date.now() - 1)
      .run()
    expect(await alive(last)).toBe(401)
  })

  it('is needed for every moderator’s and owner’s route, and a foreign page cannot use it', async () => {
    const cookie = cookieOf(await signIn((await link()).token))
    const { comment: mine } = await posted()
    const decision = [{ commentId: mine.id, revision: 1, action: 'approve' }]
    const writes: [string, string, unknown?][] = [
      ['POST', '/v1/decisions', decision],
      ['DELETE', '/v1/decisions/x'],
      ['POST', '/v1/bans', { siteId: 'blog', kind: 'domain', value: 'x.example' }],
      ['DELETE', '/v1/bans/x'],
      ['POST', '/v1/threads/1/closure'],
      ['DELETE', '/v1/threads/1/closure'],
      ['POST', '/v1/threads/1/check'],
      ['DELETE', '/v1/threads/1/check'],
      ['PUT', '/v1/sites/blog/word-lists/spam', { entries: [] }],
      ['POST', '/v1/sites', {}],
      ['PATCH', '/v1/sites/blog', {}],
      ['POST', '/v1/tokens', { name: 'x' }],
      ['DELETE', '/v1/tokens/x'],
    ]
    const reads = [
      '/v1/queue',
      '/v1/audit-log',
      '/v1/bans',
      '/v1/sites',
      '/v1/sites/blog/word-lists',
      '/v1/tokens',
      '/v1/session',
    ]
    for (const [method, path, body] of writes) {
      for (const origin of [null, 'null', pageOrigin, 'https://hankyo.example.evil.example']) {
        const answer = await withCookie(method, path, cookie, {
          body,
          origin,
          headers: { 'content-type': 'text/plain' },
        })
        expect([path, origin, answer.status]).toEqual([path, origin, 403])
      }
      expect([path, (await call(method, path, { body, origin: host })).status]).toEqual([path, 401])
      expect([path, (await call(method, path, { body, token: `hk_${'x'.repeat(43)}` })).status]).toEqual([
        path,
        401,
      ])
    }
    for (const path of reads) {
      expect([path, (await call('GET', path, { origin: host })).status]).toEqual([path, 401])
      expect([path, (await withCookie('GET', path, cookie)).status]).toEqual([path, 200])
    }
    expect(
      (await call('POST', '/v1/sign-in-links', { body: {}, headers: { cookie }, origin: host })).status,
    ).toBe(401)
    expect((await thread()).items).toEqual([])
  })

  it('as a moderator does not make an owner', async () => {
    const cookie = cookieOf(await signIn((await link('Helper')).token))
    await env.DB.prepare("UPDATE staff SET role = 'moderator'").run()
    expect((await withCookie('GET', '/v1/queue', cookie)).status).toBe(200)
    for (const path of ['/v1/tokens', '/v1/sites'])
      expect((await withCookie('POST', path, cookie, { body: { name: 'x' } })).status).toBe(403)
  })

  it('by link is refused from another page', async () => {
    const { token } = await link()
    expect((await signIn(token, pageOrigin)).status).toBe(403)
    expect((await signIn(token, null)).status).toBe(403)
    expect((await signIn(token)).status).toBe(201)
  })
})

describe('API tokens', () => {
  it('open the moderators’ routes until they are removed, and are readable once', async () => {
    const made = await json<{ id: string; token: string }>(
      asOperator('POST', '/v1/tokens', { name: 'script' }),
      201,
    )
    expect(made.token).toMatch(/^hk_[\w-]{43}$/)
    const use = () => call('GET', '/v1/queue', { token: made.token, origin: null })
    expect((await use()).status).toBe(200)
    const listed = JSON.stringify(await json(asOperator('GET', '/v1/tokens')))
    expect(listed).toContain('script')
    expect(listed).not.toContain(made.token)
    expect(JSON.stringify((await env.DB.prepare('SELECT * FROM tokens').all()).results)).not.toContain(
      made.token,
    )
    const { comment: mine } = await posted()
    const body = [{ commentId: mine.id, revision: 1, action: 'approve' }]
    await json(call('POST', '/v1/decisions', { token: made.token, origin: null, body }))
    expect((await queue('tab=all')).items[0]?.decision?.by).toBe('script')
    expect((await asOperator('DELETE', `/v1/tokens/${made.id}`)).status).toBe(204)
    expect((await use()).status).toBe(401)
  })
})

describe('The audit log', () => {
  it('tells who did what, newest first, in pages, and cannot be changed', async () => {
    const { comment: mine } = await approved()
    await asOperator('POST', '/v1/threads/1/closure')
    await asOperator('POST', '/v1/bans', { siteId: 'blog', kind: 'address', value: '192.0.2.0/24' })
    await asOperator('PATCH', '/v1/sites/blog', { policy: 'trusted' })
    const entries = await log()
    expect(entries.map(({ act }) => act)).toEqual([
      'site.change',
      'ban.add',
      'thread.close',
      'comment.approve',
      'site.add',
    ])
    expect(entries[3]).toMatchObject({ actor: { kind: 'operator' }, siteId: 'blog', commentId: mine.id })
    await expect(env.DB.prepare('DELETE FROM events').run()).rejects.toThrow('append-only')
    await expect(env.DB.prepare("UPDATE events SET act = 'x'").run()).rejects.toThrow('append-only')
  })
})

describe('Bans', () => {
  const range = { siteId: 'blog', kind: 'address', value: '192.0.2.0/24' }

  it.each([
    ['domain', 'https://www.Casino.example/win', 'casino.example'],
    ['address', '192.0.2.77/24', '192.0.2.0/24'],
    ['address', '2001:db8::1', '2001:db8:0:0:0:0:0:0/64'],
    ['domain', 'localhost', null],
    ['address', '192.0.2.300', null],
    ['address', '0.0.0.0/0', null],
    ['author', 'Mika', null],
  ])('of a %s take %s as %s', async (kind, value, stored) => {
    const answer = await asOperator('POST', '/v1/bans', { siteId: 'blog', kind, value })
    if (stored === null) expect(answer.status).toBe(400)
    else expect(await json(answer, 201)).toMatchObject({ kind, value: stored, until: null })
  })

  it('end by themselves', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString()
    await json(asOperator('POST', '/v1/bans', { ...range, until }), 201)
    const from = { headers: { 'cf-connecting-ip': '192.0.2.5' } }
    expect((await call('POST', '/v1/sites/blog/comments', { body: comment(), ...from })).status).toBe(403)
    await env.DB.prepare('UPDATE bans SET until = ?')
      .bind(Date.now() - 1)
      .run()
    await posted({}, from)
  })

  it('of ranges that an earlier release kept as they were typed go on', async () => {
    await json(asOperator('POST', '/v1/bans', range), 201)
    await env.DB.prepare("UPDATE bans SET value = '192.0.2.77/24', loose = 1").run()
    const from = { headers: { 'cf-connecting-ip': '192.0.2.5' } }
    expect((await call('POST', '/v1/sites/blog/comments', { body: comment(), ...from })).status).toBe(403)
  })

  it('are looked up by what they ban, however many there are, and listed a page at a time', async () => {
    await posted()
    const cost = async () => {
      const made = comment({ body: 'See https://blog.one.example/x and https://two.example/ for more.' })
      const asked = { method: 'POST', headers: { origin: pageOrigin }, body: JSON.stringify(made) }
      const screening = { v: 1, site: 'blog', id: made.id, revision: 1 }
      const { rowsRead } = await costOf(async () => {
        await json(fetchIn(losing, new Request(`${host}/v1/sites/blog/comments`, asked)), 202)
        await deliver([screening], { environment: losing })
      })
      return { rowsRead, findings: (await screened(made.id)).findings.map(({ code }) => code) }
    }
    await cost()
    const before = await cost()
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
       INSERT INTO bans (id, site_id, kind, value, created_at)
       SELECT 'ban-' || i, 'blog', k.value, CASE k.value WHEN 'domain' THEN i || '.example' WHEN 'author' THEN i
         ELSE '10.' || (i / 250) || '.' || (i % 250) || '.0/24' END, i / 7
       FROM n, json_each('["domain", "author", "address"]') k WHERE i % 3 = k.key`,
    ).run()
    expect(before.findings).not.toContain('banned')
    expect((await cost()).rowsRead).toBeLessThanOrEqual(before.rowsRead + 20)
    await json(asOperator('POST', '/v1/bans', { siteId: 'blog', kind: 'domain', value: 'one.example' }), 201)
    expect((await cost()).findings).toContain('banned')
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null && seen.length < 4000) {
      const page: Page<Ban> = await json(asOperator('GET', `/v1/bans?site=blog${next && `&cursor=${next}`}`))
      seen.push(...page.items.map(({ id }) => id))
      expect(page.items.length).toBeLessThanOrEqual(50)
      next = page.next
    }
    expect([seen.length, new Set(seen).size]).toEqual([3001, 3001])
  })

  it('cannot end before they begin', async () => {
    const until = new Date(Date.now() - 1000).toISOString()
    const answer = await json(asOperator('POST', '/v1/bans', { ...range, until }), 400)
    expect(answer).toMatchObject({ error: { code: 'invalid', field: 'until' } })
    expect(JSON.stringify(answer)).toContain('Name a later one')
    expect(await json(asOperator('GET', '/v1/bans'))).toMatchObject({ items: [] })
  })
})
