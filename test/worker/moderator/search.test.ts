import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { FoundCounts } from '../../../worker/contract/queueFilter.ts'
import type { IndexProgress } from '../../../worker/contract/searchIndex.ts'
import type { Env } from '../../../worker/env.ts'
import { indexed } from '../indexed.ts'
import { deliver, losing, sweepAt } from '../jobs.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  decided,
  host,
  json,
  posted,
  queue,
  screened,
} from '../product.ts'

const search = env.SEARCH as D1Database

const q = (typed: string, more = 'tab=all') => queue(`${more}&q=${encodeURIComponent(typed)}`)
const found = async (typed: string, more?: string) => (await q(typed, more)).items.map(({ body }) => body)

/** A session of a moderator of one site. */
async function moderatorOf(site: string) {
  const name = `Moderator of ${site}`
  const { token } = await json<{ token: string }>(asOperator('POST', '/v1/sign-in-links', { name }), 201)
  await env.DB.prepare("UPDATE staff SET role = 'moderator', every_site = 0 WHERE name = ?").bind(name).run()
  await env.DB.prepare('INSERT INTO staff_sites SELECT id, ? FROM staff WHERE name = ?')
    .bind(site, name)
    .run()
  const answer = await call('POST', '/v1/session', { body: { token }, origin: host })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return (path: string) =>
    json<{ items: { body: string }[] }>(call('GET', path, { headers: { cookie }, origin: host }))
}

describe('The search', () => {
  beforeEach(async () => {
    await addSite()
    await indexed()
  })

  it('finds words in any script, and parts of them from one or two characters on', async () => {
    const bodies = {
      en: 'Three kittens at the window.',
      ja: '窓辺の猫がかわいい。',
      ko: '고양이가 창가에 있다',
      ar: 'قطة صغيرة على النافذة',
      fr: 'Un café, s’il vous plaît',
      signs: 'Written in C++ (mostly)',
      none: 'Nothing of that sort here.',
    }
    for (const body of Object.values(bodies)) await approved({ body })
    await indexed()
    for (const [typed, name] of [
      ...(['KITTENS', 'kitte', 'ki', 'window kittens', 'ＫＩＴＴＥＮＳ', '"kittens at the"'] as const).map(
        (typed) => [typed, 'en'] as const,
      ),
      ...(['猫', '窓辺', 'かわいい', '窓辺 猫'] as const).map((typed) => [typed, 'ja'] as const),
      ...[['고양', 'ko'] as const, ['قطة', 'ar'] as const, ['cafe', 'fr'] as const, ["s'il", 'fr'] as const],
      ...[['c++', 'signs'] as const, ['(m', 'signs'] as const],
    ])
      expect(await found(typed), typed).toEqual([bodies[name]])
    expect((await q('猫')).search).toEqual({ index: 'ready', share: 1, lookedTo: null })
  })

  it('leaves out what has a minus, and what only has the letters elsewhere', async () => {
    await approved({ body: 'One kitten' })
    await approved({ body: 'One kitten and a dog' })
    await approved({ body: 'kit, itt, tte, ten' })
    await indexed()
    expect(await found('kitten -dog')).toEqual(['One kitten'])
    expect(await found('"and one"')).toEqual([])
  })

  it('finds by author, page and link, status, reason, language and day', async () => {
    const body = 'See [this](https://shop.deals.example/a) now'
    const { comment } = await approved({ body, author: { name: 'Ann Lee' }, title: 'Cats of Kyoto' })
    await posted({ body: '京都の猫についての感想です。', key: '/other', title: 'Dogs' })
    await indexed()
    for (const typed of [
      ...['author:ann', 'author:"Ann Lee"', `author:${comment.author.id}`, 'kyoto cats', 'page:kyoto'],
      ...['page:/post', 'has:link', 'link:deals.example', 'link:shop.deals.example', 'status:approved'],
      ...['lang:en', '-lang:ja', 'site:blog this', 'after:2020 this', '-before:2020-01-31 this', 'ＡＮＮ'],
    ])
      expect(await found(typed), typed).toEqual([body])
    expect(await found('lang:ja')).toEqual(['京都の猫についての感想です。'])
    for (const typed of ['author:bob', 'page:/pos', 'link:example', 'is:edited', 'before:2020', 'after:2999'])
      expect(await found(typed), typed).toEqual([])
  })

  it('follows decisions, edits and reports, at once and once they are indexed', async () => {
    const { comment, token } = await posted({ body: 'A first draft' })
    await indexed()
    await decided(comment.id, 'approve')
    expect(await found('draft status:approved')).toEqual(['A first draft'])
    await indexed()
    expect(await found('draft status:approved')).toEqual(['A first draft'])
    expect(await found('draft status:pending')).toEqual([])
    await call('PATCH', `/v1/sites/blog/comments/${comment.id}`, {
      token,
      body: { revision: 1, body: 'A better one' },
    })
    expect([await found('draft'), await found('better is:edited')]).toEqual([[], ['A better one']])
    await indexed()
    expect([await found('draft'), await found('better is:edited')]).toEqual([[], ['A better one']])
  })

  it('finds what screening found once it has looked', async () => {
    const { comment } = await posted({
      body: 'https://a.example https://b.example https://c.example https://d.example',
    })
    await screened(comment.id)
    const [item] = (await queue(`tab=all&ids=${comment.id}`)).items
    await indexed()
    const code = item?.findings[0]?.code
    expect((await q(`reason:${code}`)).items.map(({ id }) => id)).toEqual([comment.id])
  })

  it('finds by the name of a page that staff changed', async () => {
    const { comment } = await approved({ body: 'On the page' })
    await indexed()
    const thread = (await queue(`tab=all&ids=${comment.id}`)).items[0]?.thread.id
    await json(asOperator('PUT', `/v1/threads/${thread}/title`, { title: 'Quite another name' }), 204).catch(
      () => {},
    )
    await indexed()
    expect(await found('"another name"')).toEqual(['On the page'])
  })

  it('keeps nothing of words that were taken back, nor of a comment that is gone', async () => {
    const { comment, token } = await approved({ body: 'Quixotic words', author: { name: 'Zebulon' } })
    await indexed()
    const has = async (word: string) => {
      const grams = `"${word}"`
      const { results } = await search
        .prepare('SELECT rowid FROM documents WHERE documents MATCH ?')
        .bind(grams)
        .all()
      return results.length
    }
    expect([await has('qui'), await has('zeb')]).toEqual([1, 1])
    await call('DELETE', `/v1/sites/blog/comments/${comment.id}`, { token })
    expect(await found('quixotic')).toEqual([])
    await indexed()
    expect([await has('qui'), await has('zeb')]).toEqual([0, 0])
    const scrubbing = await search.prepare('SELECT since FROM scrubbing').all()
    expect(scrubbing.results).toHaveLength(1)
    await approved({ body: 'Xylophones' })
    await indexed()
    expect(await has('xyl')).toBe(1)
    await asOperator('DELETE', '/v1/sites/blog')
    await indexed()
    expect(await has('xyl')).toBe(0)
  })

  it('says what it does not understand, and what to do', async () => {
    for (const [typed, words] of [
      ['auther:ann', /There is no "auther:"\. There are author:, .*"auther:ann"/],
      ['status:held', /"status:" takes pending, approved/],
      ['before:tomorrow', /"before:" takes 2026/],
      ['has:', /"has:" needs a value/],
    ] as const) {
      const answer = await asOperator('GET', `/v1/queue?q=${encodeURIComponent(typed)}`)
      expect(answer.status).toBe(400)
      expect(((await answer.json()) as { error: unknown }).error).toMatchObject({
        ...{ code: 'invalid', field: 'q', message: expect.stringMatching(words) },
      })
    }
  })

  it('counts what it finds in each tab, as the lists have it at this moment', async () => {
    const counted = () => json<FoundCounts>(asOperator('GET', '/v1/queue/counts?q=kitten'))
    await approved({ body: 'A kitten' })
    // All its runs of letters stand here, and the word does not.
    await approved({ body: 'kit, itt, tte, ten' })
    const { comment } = await posted({ body: 'Another kitten' })
    await indexed()
    const none = { most: 100, atLeast: [] }
    expect(await counted()).toEqual({
      ...none,
      counts: { held: 1, flagged: 0, appeals: 0, spam: 0, all: 2 },
    })
    await decided(comment.id, 'spam')
    await posted({ body: 'The third kitten' })
    expect(await counted()).toEqual({
      ...none,
      counts: { held: 1, flagged: 0, appeals: 0, spam: 1, all: 3 },
    })
  })

  it('counts up to a hundred, and says of which tabs there may be more', async () => {
    const { comment } = await posted({ body: 'A kitten' })
    await indexed()
    const columns = `site_id, thread_id, author_id, author_public_id, name, body, content, body_hash, request_hash,
      created_at, elapsed_ms`
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 130)
       INSERT INTO comments (id, status, ${columns}) SELECT 'copy-' || i, 'spam', ${columns} FROM comments, n WHERE id = ?`,
    )
      .bind(comment.id)
      .run()
    await json(asOperator('DELETE', '/v1/search-index'))
    await indexed()
    expect(await json<FoundCounts>(asOperator('GET', '/v1/queue/counts?q=kitten'))).toEqual({
      ...{ most: 100, counts: { held: 1, flagged: 0, appeals: 0, spam: 100, all: 100 } },
      atLeast: ['spam', 'all'],
    })
  })

  it('goes on where a page ended, by day and arrival', async () => {
    for (let at = 0; at < 5; at++) await approved({ body: `Kitten ${at}` })
    await indexed()
    const first = await q('kitten', 'tab=all&limit=2')
    const second = await q('kitten', `tab=all&limit=2&cursor=${first.next}`)
    const third = await q('kitten', `tab=all&limit=2&cursor=${second.next}`)
    const bodies = [first, second, third].flatMap(({ items }) => items.map(({ body }) => body))
    expect(bodies).toEqual([4, 3, 2, 1, 0].map((at) => `Kitten ${at}`))
    expect(third.next).toBeNull()
  })

  it('lists a tab of one author page by page, as it is at this moment', async () => {
    const { comment, token } = await posted({ body: 'Number 0' })
    for (const number of [1, 2, 3]) await posted({ body: `Number ${number}` }, { token: token ?? '' })
    await posted({ body: 'By somebody else', author: { name: 'Else' } })
    const author = comment.author.id
    const listed = async (tab: string) => {
      const bodies: string[] = []
      for (let cursor = ''; ; ) {
        const page = await queue(`tab=${tab}&author=${author}&limit=2${cursor}`)
        bodies.push(...page.items.map(({ body }) => body))
        if (page.next === null) return bodies
        cursor = `&cursor=${page.next}`
      }
    }
    const numbers = ['Number 0', 'Number 1', 'Number 2', 'Number 3']
    for (const prepare of [async () => {}, indexed]) {
      await prepare()
      expect(await listed('held')).toEqual(numbers)
      expect(await listed('spam')).toEqual([])
    }
    await decided(comment.id, 'spam')
    for (const prepare of [async () => {}, indexed]) {
      await prepare()
      expect(await listed('held')).toEqual(numbers.slice(1))
      expect(await listed('spam')).toEqual(['Number 0'])
    }
  })

  it('shows moderators neither other sites nor what is found by e-mail', async () => {
    await addSite({ id: 'other', name: 'Other' })
    const author = { name: 'Ann', email: 'secret.address@mail.example' }
    await posted({ body: 'Kitten of the blog', author })
    await posted({ body: 'Kitten of the other', author }, {}, 'other')
    await indexed()
    const ask = await moderatorOf('blog')
    const bodies = async (query: string) =>
      (await ask(`/v1/queue?tab=all&q=${query}`)).items.map(({ body }) => body)
    expect(await bodies('kitten')).toEqual(['Kitten of the blog'])
    expect(await bodies('site:other')).toEqual([])
    expect(await bodies('secret.address')).toEqual([])
    expect(await ask('/v1/queue/counts?q=kitten')).toMatchObject({ counts: { all: 1 } })
    expect(await ask('/v1/queue/counts?q=secret.address')).toMatchObject({ counts: { all: 0 } })
    expect(await found('secret.address')).toHaveLength(2)
  })
})

describe('Where the index is not there yet', () => {
  it('it is built from what there is, and the latest comments are searched meanwhile', async () => {
    await addSite()
    for (let at = 0; at < 60; at++)
      await posted({ body: `Kitten number ${at}`, author: { name: `Author ${at}` } })
    expect((await q('"number 7"')).search).toMatchObject({ index: 'building' })
    expect(await found('"number 7"')).toEqual(['Kitten number 7'])
    await deliver([{ v: 1, index: true }], { environment: losing })
    expect((await q('kitten')).search).toEqual({ index: 'building', share: 0.83, lookedTo: null })
    await indexed()
    expect((await q('"number 7"')).search).toMatchObject({ index: 'ready', share: 1 })
    expect(await found('"number 7"')).toEqual(['Kitten number 7'])
  })

  it('it is made anew when the operator asks, part by part, and found in meanwhile', async () => {
    await addSite()
    for (let at = 0; at < 3; at++) await posted({ body: `Kitten number ${at}` })
    await indexed()
    await search.prepare("INSERT INTO documents (documents) VALUES ('delete-all')").run()
    expect(await found('kitten')).toEqual([])
    const ask = (method: string) => json<IndexProgress>(asOperator(method, '/v1/search-index'))
    expect(await ask('DELETE')).toEqual({ state: 'building', built: 0, total: 3 })
    expect(await ask('GET')).toEqual({ state: 'building', built: 0, total: 3 })
    expect(await found('kitten')).toHaveLength(3)
    expect(await ask('POST')).toEqual({ state: 'ready', built: 3, total: 3 })
    expect(await found('kitten')).toHaveLength(3)
    expect((await q('kitten')).search).toMatchObject({ index: 'ready' })
  })

  it('it is begun anew where the database is older than what it followed', async () => {
    await addSite()
    await search.prepare('UPDATE progress SET event = 99999').run()
    await approved({ body: 'A kitten' })
    await indexed()
    expect(await found('kitten')).toEqual(['A kitten'])
    expect((await q('kitten')).search).toMatchObject({ index: 'ready' })
  })

  it('the sweep has it follow what no job did', async () => {
    await addSite()
    await indexed()
    const sent: unknown[] = []
    const SCREENING = { send: async (job: unknown) => void sent.push(job), sendBatch: async () => {} }
    await approved({ body: 'A kitten' })
    await search.prepare('UPDATE progress SET asked_until = 0').run()
    await sweepAt(Date.now(), { ...env, SCREENING } as unknown as Env)
    expect(sent).toContainEqual({ v: 1, index: true })
  })
})
