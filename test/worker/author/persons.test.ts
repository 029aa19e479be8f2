import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Erasure } from '../../../worker/contract/erasures.ts'
import { mostNamesakes, type Person } from '../../../worker/contract/persons.ts'
import { mostAnswers, type Quotes } from '../../../worker/contract/quotes.ts'
import { begun, imported, slice } from '../importing.ts'
import { eventually } from '../jobs.ts'
import { addSite, approved, asOperator, call, json, posted, queue } from '../product.ts'
import { signedIn } from '../staffed.ts'

const other = { id: 'other', name: 'Other' }

beforeEach(async () => {
  await addSite()
  await addSite(other)
})

/** A comment of a browser that has written nothing before. @returns its author */
async function wrote(name: string, email: string | undefined, site = 'blog') {
  const { comment } = await posted({ author: { name, email }, body: `Words of ${name}` }, {}, site)
  return (await queue(`tab=all&ids=${comment.id}`)).items[0]?.author.id ?? ''
}

/** An author of the blog who wrote once with an address, put there without a post. */
async function authorWith(email: string, name: string) {
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO threads (site_id, key, url, title, created_at) VALUES ('blog', '/crowd', '', '', 1) ON CONFLICT DO NOTHING`,
    ),
    env.DB.prepare(
      `INSERT INTO authors (public_id, site_id, token_hash, created_at) VALUES (?1, 'blog', ?1, 1)`,
    ).bind(name),
    env.DB.prepare(
      `INSERT INTO comments (id, site_id, thread_id, author_id, author_public_id, name, email, body, content, body_hash,
         request_hash, created_at, elapsed_ms, status)
       SELECT ?3, 'blog', t.id, a.id, ?1, ?1, ?2, 'x', '["x"]', '', '', 1, 0, 'approved'
       FROM authors a, threads t WHERE a.public_id = ?1 AND t.key = '/crowd'`,
    ).bind(name, email, crypto.randomUUID()),
  ])
}

const find = (by: Record<string, string>, ask = asOperator) =>
  json<Person>(ask('POST', '/v1/persons/searches', by))

const names = ({ authors }: Person) => authors.map(({ name, site }) => `${name} on ${site.id}`)

describe('A person', () => {
  it('is found by an e-mail address over browsers, names and sites, in whatever case it was written', async () => {
    await wrote('Mika', 'mika@mail.example')
    await wrote('M.', 'Mika@Mail.example')
    await wrote('Mika', 'mika@mail.example', 'other')
    await wrote('Nora', 'nora@mail.example')
    await wrote('Silent', undefined)
    const found = await find({ email: 'MIKA@mail.example' })
    expect(names(found).sort()).toEqual(['M. on blog', 'Mika on blog', 'Mika on other'])
    expect(new Set(found.authors.map(({ browser }) => browser)).size).toBe(3)
    expect(found.authors.map(({ comments, more, emails }) => ({ comments, more, emails }))).toEqual(
      Array.from({ length: 3 }, () => ({ comments: 1, more: false, emails: ['mika@mail.example'] })),
    )
    expect(names(await find({ email: 'nobody@mail.example' }))).toEqual([])
  })

  it('is found by one of their authors, with all else whom the same address leads to', async () => {
    const author = await wrote('Mika', 'mika@mail.example')
    await wrote('M.', 'mika@mail.example', 'other')
    const found = await find({ author })
    expect(found.emails).toEqual(['mika@mail.example'])
    expect(names(found)).toEqual(['Mika on blog', 'M. on other'])
    const silent = await wrote('Silent', undefined)
    expect(await find({ author: silent })).toMatchObject({ emails: [], authors: [{ name: 'Silent' }] })
  })

  it('is found by a comment or by the token of their browser, wherever else they wrote with it', async () => {
    const { comment, token } = await posted({ author: { name: 'Mika' }, body: 'One' })
    await posted({ author: { name: 'M.', email: 'm@mail.example' }, body: 'Two' }, { token }, 'other')
    await wrote('Nora', 'nora@mail.example')
    for (const by of [{ comment: comment.id }, { token }] as Record<string, string>[]) {
      const found = await find(by)
      expect(names(found)).toEqual(['Mika on blog', 'M. on other'])
      expect(found.authors.map(({ browser }) => browser)).toEqual([1, 1])
    }
    expect(names(await find({ token: 'a'.repeat(43) }))).toEqual([])
  })

  it('is found by a name as it is typed, and told from others of that name', async () => {
    const { token } = await posted({ author: { name: 'Mika', email: 'mika@mail.example' }, body: 'One' })
    await posted({ author: { name: '<b>Mika</b>' }, body: 'Two' }, { token })
    await wrote('ＭＩＫＡ', 'other@mail.example', 'other')
    await wrote('Mika T.', undefined)
    const found = await find({ name: 'mika' })
    expect(found.authors.map(({ names, emails, site }) => [names, emails, site.id]).sort()).toEqual([
      [['<b>Mika</b>', 'Mika'], ['mika@mail.example'], 'blog'],
      [['ＭＩＫＡ'], ['other@mail.example'], 'other'],
    ])
    expect(names(await find({ name: '<b>Mika</b>' }))).toEqual(['<b>Mika</b> on blog'])
    expect(names(await find({ name: 'Nobody' }))).toEqual([])
  })

  it('is nobody of another site because imports called them the same, neither found nor erased', async () => {
    const { author } = imported()
    const ids = await Promise.all(
      ['blog', 'other'].map(async (site) => {
        const one = imported({ author: { ...author, name: `Of ${site}`, email: `${site}@mail.example` } })
        await json(slice((await begun(site)).id, [one]))
        return one.id
      }),
    )
    const [item] = (await queue(`tab=all&ids=${ids[0]}`)).items
    const by: Record<string, string>[] = [
      { comment: ids[0] ?? '' },
      { author: item?.author.id ?? '' },
      { email: 'blog@mail.example' },
    ]
    for (const sought of by) expect(names(await find(sought))).toEqual(['Of blog on blog'])
    const { parts } = await json<Erasure>(asOperator('DELETE', `/v1/authors/${item?.author.id}`), 202)
    expect(parts.map(({ site }) => site.id)).toEqual(['blog'])
  })

  it('is told with what there is of them besides', async () => {
    const { comment, token } = await posted({ author: { name: 'Mika' }, body: 'One' })
    const author = (await queue(`tab=all&ids=${comment.id}`)).items[0]?.author.id ?? ''
    const other = await approved()
    const flag = { reason: 'other', note: 'Wrong' }
    await call('POST', `/v1/sites/blog/comments/${other.comment.id}/flags`, { token, body: flag })
    await json(asOperator('POST', '/v1/bans', { siteId: 'blog', kind: 'author', value: author }), 201)
    await json(
      asOperator('POST', `/v1/authors/${author}/notes`, { id: crypto.randomUUID(), body: 'Hm.' }),
      201,
    )
    expect((await find({ author })).authors).toMatchObject([
      {
        comments: 1,
        statuses: { pending: 1 },
        flags: 1,
        notes: 1,
        banned: true,
        subscriptions: 0,
        erasure: null,
      },
    ])
  })

  it('is nobody of a site that is not yours, however many wrote there; and moderators find none', async () => {
    const ours = await wrote('Mika', 'mika@mail.example', 'other')
    for (let n = 0; n < mostNamesakes + 2; n++) await authorWith('mika@mail.example', `early ${n}`)
    const owner = await signedIn('Ada', 'owner', ['other'])
    const found = await find({ email: 'mika@mail.example' }, owner.ask)
    expect([names(found), found.more]).toEqual([['Mika on other'], false])
    const all = await find({ email: 'mika@mail.example' })
    expect([all.authors.length, all.more]).toEqual([mostNamesakes, true])
    const elsewhere = await posted({ author: { name: 'M.' }, body: 'There' })
    const theirs = (await queue(`tab=all&ids=${elsewhere.comment.id}`)).items[0]?.author.id ?? ''
    await posted({ author: { name: 'M.' }, body: 'Here' }, { token: elsewhere.token }, 'other')
    for (const by of [{ author: theirs }, { comment: elsewhere.comment.id }])
      expect((await owner.ask('POST', '/v1/persons/searches', by)).status).toBe(404)
    const moderator = await signedIn('Bo', 'moderator')
    expect((await moderator.ask('POST', '/v1/persons/searches', { author: ours })).status).toBe(403)
  })

  it('is asked for by one thing, and never by an address that logs would keep', async () => {
    for (const by of [
      {},
      { email: 'x' },
      { email: 'a@b.example', author: 'a1' },
      { author: '' },
      { name: '\u200b' },
      { comment: 'x' },
      { token: 'short' },
      { author: 'a1', cursor: '1' },
    ])
      expect((await asOperator('POST', '/v1/persons/searches', by)).status, JSON.stringify(by)).toBe(400)
    expect((await asOperator('POST', '/v1/persons/searches', { author: 'nobody' })).status).toBe(404)
    expect((await asOperator('GET', '/v1/persons?email=a@b.example')).status).toBe(404)
  })

  it('is found no more by the address of what was erased', async () => {
    const author = await wrote('Mika', 'mika@mail.example')
    expect((await asOperator('DELETE', `/v1/authors/${author}`)).status).toBe(202)
    await eventually(async () => expect(names(await find({ email: 'mika@mail.example' }))).toEqual([]))
  })
})

describe('Others who quote somebody', () => {
  const words = 'The northern path was closed in winter, and **nobody** of the council says why.'
  const quotesOf = (author: string) => json<Quotes>(asOperator('GET', `/v1/authors/${author}/quotes`))

  it('are told before what they quote is erased, and after it as far as they mark a quote', async () => {
    const { comment } = await approved({ body: words, author: { name: 'Mika' } })
    const reply = (body: string) => approved({ body, parentId: comment.id, author: { name: 'Nora' } })
    const quote = await reply('> the Northern path was closed\n\nReally?')
    const run = await reply('You say that the path was closed in winter, and nobody of the council says it.')
    const neither = await reply('> Something else altogether\n\nI would not say so.')
    await approved({ body: words, author: { name: 'Elsewhere' } })
    const author = (await queue(`tab=all&ids=${comment.id}`)).items[0]?.author.id ?? ''
    const before = await quotesOf(author)
    expect(before.items.map(({ id, name }) => [id, name])).toEqual([
      [quote.comment.id, 'Nora'],
      [run.comment.id, 'Nora'],
    ])
    expect(before.more).toBe(false)
    // Those without words are looked at, too.
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
       INSERT INTO comments (id, site_id, thread_id, author_id, author_public_id, name, body, content, body_hash,
         request_hash, created_at, elapsed_ms, parent_id, parent_seq, root_seq, erased)
       SELECT 'more ' || i, site_id, thread_id, author_id, author_public_id, name, '', '[]', '', '', 1, 0, parent_id, parent_seq, root_seq, 1
       FROM n, comments WHERE id = ?2`,
    )
      .bind(mostAnswers, quote.comment.id)
      .run()
    expect((await quotesOf(author)).more).toBe(true)
    await env.DB.prepare("DELETE FROM comments WHERE id GLOB 'more *'").run()
    await json(asOperator('DELETE', `/v1/authors/${author}`), 202)
    await eventually(async () =>
      expect((await quotesOf(author)).items.map(({ id }) => id)).toEqual([
        quote.comment.id,
        neither.comment.id,
      ]),
    )
  })
})
