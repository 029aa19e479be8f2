import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, inject, it } from 'vitest'
import type { AuthorPage } from '../../../worker/contract/authors.ts'
import type { NewComment } from '../../../worker/contract/comment.ts'
import type { Erasure } from '../../../worker/contract/erasures.ts'
import { digest } from '../../../worker/crypto.ts'
import { purge } from '../../../worker/store/retention.ts'
import { betweenJobs, deliver, eventually, fetchIn, losing, sweepAt } from '../jobs.ts'
import { deliverDue } from '../mails.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  decided,
  host,
  json,
  own,
  pageOrigin,
  posted,
  queue,
  screened,
} from '../product.ts'
import { log, stored, study } from '../school.ts'
import { signedIn } from '../staffed.ts'

const base = '/v1/sites/blog'

beforeEach(async () => {
  await addSite()
  await json(asOperator('PUT', `${base}/screeners/webhook`, { url: `${inject('outside')}/echoing/webhook` }))
})

const withdraw = async (id: string, token: string) =>
  expect((await call('DELETE', `${base}/comments/${id}`, { token })).status).toBe(204)

const flag = async (id: string, token: string, note: string) =>
  expect(
    (await call('POST', `${base}/comments/${id}/flags`, { token, body: { reason: 'other', note } })).status,
  ).toBe(204)

const search = (env as unknown as { SEARCH: D1Database }).SEARCH

/** All rows of every table of a database. */
async function dump(db = env.DB): Promise<[string, Record<string, unknown>[]][]> {
  const { results } = await db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'")
    .all<{ name: string }>()
  return Promise.all(
    results.map(async ({ name }) => [name, (await db.prepare(`SELECT * FROM "${name}"`).all()).results]),
  )
}

/** A value of a column as text: D1 gives bytes as a list of numbers. */
const textOf = (value: unknown) =>
  Array.isArray(value) ? new TextDecoder().decode(new Uint8Array(value)) : String(value)

/** Every place in a database, as `table.column`, that holds one of some words in whatever case. */
async function places(words: string[], db = env.DB): Promise<string[]> {
  const found = new Set<string>()
  for (const [name, rows] of await dump(db))
    for (const row of rows)
      for (const [column, value] of Object.entries(row)) {
        const text = textOf(value).toLowerCase()
        for (const word of words)
          if (text.includes(word.toLowerCase())) found.add(`${name}.${column}: ${word}`)
      }
  return [...found].sort()
}

/** Of how many endpoints something failed for good, was delivered, and is to be tried again. */
const told = async () => {
  const count = async (from: string) =>
    await env.DB.prepare(`SELECT count(DISTINCT recipient_id) AS count FROM ${from}`).first('count')
  return [
    await count("outbox WHERE dead_at IS NOT NULL AND destination = 'endpoint_message'"),
    await count("deliveries WHERE destination = 'endpoint_message'"),
    await count("outbox WHERE dead_at IS NULL AND attempts > 0 AND destination = 'endpoint_message'"),
  ]
}

/** Tables in which no act of the test below leaves a row: what they hold is of staff, or ids, marks, days and counts. */
const withoutReaders = [
  ...['connected_accounts', 'instance_address', 'passkeys', 'phrases', 'push_keys', 'push_subscriptions'],
  ...['push_told', 'saved_views', 'sessions', 'sign_in_links', 'staff', 'staff_choices', 'staff_mail'],
  ...['staff_sites', 'staff_told', 'tokens', 'turnstile', 'used_challenges', 'voices', 'word_lists'],
  ...[
    'daily_figures',
    'erased_persons',
    'erasures',
    'fit_arcs',
    'fit_descents',
    'fits',
    'likes',
    'mail_blocks',
    'mentions',
    'network_acts',
    'reader_news',
    'second_looks',
  ],
  ...[
    'imports',
    'restores',
    'roll_ups',
    'screening_rounds',
    'scrubbing',
    'sightings',
    'thread_moves',
    'thread_move_slices',
    'totals',
    'unindexed',
    'untaught',
  ],
]

/** A word that nobody else ever says. */
let said = 0
const word = () => `Quixotic${++said}zz`

/** What one person sends with a comment, in words that only they use. */
function sent(more: Partial<NewComment> = {}) {
  const [name, mail, site, text, title, page] = [word(), word(), word(), word(), word(), word()]
  const input = {
    author: { name, email: `${mail}@mail.example`, url: `https://${site}.example/` },
    body: `I say ${text}, as at https://${site}.example/page`,
    title: `About ${title}`,
    url: `https://blog.example/${page}`,
    ...more,
  }
  return { input, words: [name, mail, site, text, title, page] }
}

const asked = (method: string) => ({
  method,
  headers: { authorization: `Bearer ${env.OPERATOR_KEY}` },
})
const authorOf = async (id: string) => (await queue(`tab=all&ids=${id}`)).items[0]?.author.id ?? ''
const erasure = (author: string) => json<Erasure>(asOperator('GET', `/v1/authors/${author}/erasure`))
const act = (method: string, path: string, body?: unknown) =>
  asOperator(method, `/v1/bulk-acts${path}`, body).then((answer) =>
    json<{ state: string }>(answer, answer.status),
  )

describe('A person who is erased', () => {
  it('leaves no word of theirs anywhere, and nothing that quotes them; answers of others stay', async () => {
    await addSite({ id: 'other', name: 'Other' })
    for (const [kind, behaviour, types] of [
      ['slack', 'quoting', ['comment.held']],
      ['webhook', 'well', ['comment.held', 'comment.flagged']],
      ['webhook', 'status/503', ['comment.held', 'comment.rejected']],
    ]) {
      const config = { url: `${inject('outside')}/${behaviour}` }
      await json(asOperator('POST', '/v1/webhooks', { site: 'blog', kind, name: kind, types, config }), 201)
    }
    const [shown, refused, elsewhere, held] = [sent(), sent(), sent(), sent()]
    const words = [shown, refused, elsewhere, held].flatMap((one) => one.words)
    const quoted = (text: string) => {
      const quote = word()
      words.push(quote)
      return `${text} ${quote}`
    }
    const { comment, token } = await approved({
      ...{ ...shown.input, key: '/own', subscribe: ['fate', 'replies', 'thread'] },
    })
    await env.DB.batch([
      env.DB.prepare("UPDATE subscriptions SET confirmed_at = 1 WHERE kind = 'thread'"),
      env.DB.prepare("UPDATE subscribers SET state = 'confirmed'"),
    ])
    const reply = await approved({ body: 'An answer that stays.', key: '/own', parentId: comment.id })
    const author = await authorOf(comment.id)
    await flag(comment.id, reply.token, quoted('They say'))
    await flag(reply.comment.id, token, quoted('Wrong'))
    const appealed = await posted(refused.input, { token })
    await decided(appealed.comment.id, 'reject', { reason: quoted('You name') })
    const plea = { note: quoted('Please') }
    await json(call('POST', `${base}/comments/${appealed.comment.id}/appeal`, { token, body: plea }))
    await decided(appealed.comment.id, 'reject', { answer: quoted('No:'), status: 'pending' })
    await posted(elsewhere.input, { token }, 'other')
    const waits = await posted(held.input, { token })
    await screened(waits.comment.id)
    await deliverDue()
    expect(await told()).toEqual([1, 1, 1])
    const edited = { revision: 1, body: quoted('Now') }
    await json(call('PATCH', `${base}/comments/${waits.comment.id}`, { token, body: edited }))
    for (const about of [`authors/${author}`, `comments/${comment.id}`]) {
      const note = { id: crypto.randomUUID(), body: quoted('Mind') }
      await json(asOperator('POST', `/v1/${about}/notes`, note), 201)
    }
    for (const badge of [quoted('Dr'), quoted('Prof'), null])
      expect((await asOperator('PUT', `/v1/authors/${author}/badge`, { badge })).status).toBe(204)
    const ban = {
      siteId: 'blog',
      kind: 'author',
      value: author,
      reason: quoted('Calls us'),
      network: 'network',
    }
    const { id: banId } = await json<{ id: string }>(asOperator('POST', '/v1/bans', ban), 201)
    const many = { filter: { tab: 'all', site: 'blog', author }, action: 'reject' }
    const [ended, stopped] = [crypto.randomUUID(), crypto.randomUUID()]
    await act('POST', '', { id: ended, ...many, reason: quoted('All of') })
    await eventually(async () => expect((await act('GET', `/${ended}`)).state).toBe('done'))
    const sought = { site: 'blog', tab: 'all', q: words[0] }
    await betweenJobs(async () => {
      await act('POST', '', { id: stopped, action: 'spam', filter: sought, reason: quoted('And') })
      await act('PATCH', `/${stopped}`, { state: 'stopped' })
    })
    await addSite({ id: 'third', name: 'Third' })
    const elsewhereToo = crypto.randomUUID()
    await betweenJobs(async () => {
      await act('POST', '', {
        id: elsewhereToo,
        action: 'spam',
        filter: { ...sought, site: 'third', q: 'casino' },
      })
      await act('PATCH', `/${elsewhereToo}`, { state: 'stopped' })
    })
    await study('blog')
    await sweepAt(Date.now() + 60_000)
    // A table that is new is filled above, or named as one that has nothing of readers.
    const empty = (await dump()).filter(([, rows]) => rows.length === 0).map(([name]) => name)
    expect(empty.filter((name) => !withoutReaders.includes(name))).toEqual([])
    for (const place of ['bulk_acts.reason', 'subscribers.address', 'revisions.body'])
      expect(await places(words)).toEqual(expect.arrayContaining([expect.stringContaining(place)]))

    expect(await erasure(author)).toMatchObject({
      state: 'none',
      parts: [
        { site: { id: 'blog' }, authorId: author, comments: 3, more: false, erased: 0 },
        { site: { id: 'other' }, comments: 1 },
      ],
    })
    const begun = await json<Erasure>(asOperator('DELETE', `/v1/authors/${author}`), 202)
    expect(begun).toMatchObject({ state: 'working', by: expect.any(String) })
    await eventually(async () => expect(await erasure(author)).toMatchObject({ state: 'done' }))
    expect((await erasure(author)).parts.map(({ erased }) => erased)).toEqual([3, 1])
    await study('blog')
    await sweepAt(Date.now() + 60_000)
    await eventually(async () => expect((await queue(`tab=all&q=${words[3]}`)).items).toEqual([]))

    expect(await places(words)).toEqual([])
    // The index's own blocks are written anew with its file: `host/serve/scrub.ts`.
    const indexed = (await places(words, search)).filter((place) => !place.startsWith('documents_data.'))
    expect(indexed).toEqual([])
    const rows = async (query: string) => (await env.DB.prepare(query).all()).results
    expect(await rows('SELECT 1 FROM subscribers UNION ALL SELECT 1 FROM subscriptions')).toEqual([])
    expect(await rows('SELECT 1 FROM comments WHERE erased = 1 AND address IS NOT NULL')).toEqual([])
    expect(await rows('SELECT 1 FROM bans WHERE network IS NOT NULL OR reason IS NOT NULL')).toEqual([])
    expect(
      await rows(`SELECT 1 FROM flags WHERE network IS NOT NULL AND reader = '${await digest(token)}'`),
    ).toEqual([])
    const entries = (await log()).filter(
      ({ act: name }) => name === 'author.erase' || name === 'comment.withdraw',
    )
    expect(
      entries.map(({ act: name, siteId, undo, details }) => [name, siteId, undo, details.count]),
    ).toEqual([
      ['author.erase', 'other', null, 1],
      ['author.erase', 'blog', null, 3],
    ])
    expect((await log('act=author.badge')).map(({ undo, details }) => [undo, details])).toEqual([
      [null, { value: author, badge: null }],
      [null, { value: author }],
      [null, { value: author }],
    ])
    const page = await call('GET', `${base}/thread?key=/own`, { token: 'a'.repeat(43) })
    expect(await page.json()).toMatchObject({
      thread: { count: 1 },
      items: [{ id: comment.id, author: { name: '' }, content: [] }, { id: reply.comment.id }],
    })
    // Nothing goes on that searched for their words, and who is kept out stays so.
    expect((await asOperator('PATCH', `/v1/bulk-acts/${stopped}`, { state: 'working' })).status).toBe(409)
    expect((await asOperator('DELETE', `/v1/bans/${banId}`)).status).toBe(204)
    // What goes on elsewhere is none of theirs.
    expect((await act('GET', `/${elsewhereToo}`)).state).toBe('stopped')
  })

  it('is worked off a hundred comments at a time, goes on where its job is lost, and counts nothing twice', async () => {
    const { comment, token } = await posted()
    const author = await authorOf(comment.id)
    await stored(
      'blog',
      Array.from({ length: 120 }, (_, at) => `Number ${at}`),
      { token },
    )
    const job = { v: 1, erase: author, site: 'blog' }
    await betweenJobs(async () => {
      await fetchIn(losing, new Request(`${host}/v1/authors/${author}`, asked('DELETE')))
      await Promise.all([deliver([job], { environment: losing }), deliver([job], { environment: losing })])
      expect(await erasure(author)).toMatchObject({
        state: 'working',
        parts: [{ comments: 121, erased: 100 }],
      })
    })
    await sweepAt(Date.now() + 300_000)
    await eventually(async () =>
      expect(await erasure(author)).toMatchObject({ state: 'done', parts: [{ erased: 121 }] }),
    )
    expect((await queue('tab=all')).counts).toMatchObject({ held: 0 })
    const { author: left } = await json<AuthorPage>(asOperator('GET', `/v1/authors/${author}`))
    expect(left).toMatchObject({
      name: null,
      badge: null,
      notes: 0,
      counts: { approved: 0, rejected: 0, spam: 0 },
    })
    // Whoever writes again is somebody else.
    const again = await posted({}, { token })
    expect(await authorOf(again.comment.id)).not.toBe(author)
  })

  it('leaves no address of theirs, whatever a stranger asks for in its name', async () => {
    const { input } = sent({ subscribe: ['fate', 'replies'] })
    const email = input.author?.email ?? ''
    const { comment, token } = await approved(input)
    // From another browser, so that nothing but the address says whose it is.
    const other = 'Elsewhere@mail.example'
    await posted({ author: { name: 'Mika', email: other } }, { token })
    const follow = (more: object) =>
      json(call('POST', `${base}/subscriptions`, { body: { ...wish, ...more } }), 202)
    const wish = { key: '/own', url: `${pageOrigin}/own`, kinds: ['thread'], locale: 'en' }
    await follow({ email: other })
    await env.DB.batch([
      env.DB.prepare('UPDATE subscriptions SET confirmed_at = 1'),
      env.DB.prepare("UPDATE subscribers SET state = 'confirmed'"),
      env.DB.prepare(
        `INSERT INTO deliveries (site_id, destination, act, details, recipient_id, recipient, attempts, answer, created_at, delivered_at)
         SELECT 'blog', 'reader_fate', 'comment.approve', '{}', id, 'q…@mail.example', 1, 'taken', 1, 1 FROM subscribers`,
      ),
    ])
    await follow({ email })
    const author = await authorOf(comment.id)
    await json(asOperator('DELETE', `/v1/authors/${author}`), 202)
    await eventually(async () => expect(await erasure(author)).toMatchObject({ state: 'done' }))
    expect(await places([email, other, '…@mail.example'])).toEqual([])
  })

  it('is for owners of the site alone, and never a colleague', async () => {
    await addSite({ id: 'other', name: 'Other' })
    const { comment, token } = await approved()
    await posted({}, { token }, 'other')
    const author = await authorOf(comment.id)
    const [owner, moderator] = [await signedIn('Ben', 'owner', ['blog']), await signedIn('Mo', 'moderator')]
    expect((await moderator.ask('DELETE', `/v1/authors/${author}`)).status).toBe(403)
    const seen = await json<Erasure>(owner.ask('GET', `/v1/authors/${author}/erasure`))
    expect(seen.parts.map(({ site }) => site.id)).toEqual(['blog'])
    await json(owner.ask('DELETE', `/v1/authors/${author}`), 202)
    await eventually(async () => expect(await erasure(author)).toMatchObject({ state: 'done' }))
    expect((await queue('tab=all&site=other')).items[0]).toMatchObject({ author: { name: 'Mika' } })
    const reply = { id: crypto.randomUUID(), body: 'From the desk' }
    const left = await approved()
    await json(moderator.ask('POST', `/v1/comments/${left.comment.id}/replies`, reply), 201)
    expect((await asOperator('DELETE', `/v1/authors/${await authorOf(reply.id)}`)).status).toBe(404)
  })
})

describe('A person who takes back what they wrote', () => {
  it('leaves no word of theirs in any table, nor in the audit log', async () => {
    const [trapped, shown, refused, lesson] = [sent(), sent(), sent(), sent()]
    const words = [trapped, shown, refused, lesson].flatMap((one) => one.words)

    // Taken for spam by screening, under a name that looks like a link.
    const name = `${words[0]}.com`
    const spam = await posted({ ...trapped.input, author: { ...trapped.input.author, name }, trap: 'x' })
    const { token } = spam
    const item = await screened(spam.comment.id)
    expect(item).toMatchObject({ status: 'spam', decision: { byKind: 'screening' } })
    expect(JSON.stringify(item.findings)).toContain(name)
    expect(await places([words[3] as string])).toContain(`screeners.last: ${words[3]}`)
    const other = await approved({ body: 'Somebody else’s words, that stay.' })

    // Shown, edited, flagged by somebody who quotes it, and kept; and flagged by its author is another's.
    const { comment } = await approved({ ...shown.input, key: '/own' }, { token })
    const edit = word()
    words.push(edit)
    await json(
      call('PATCH', `${base}/comments/${comment.id}`, { token, body: { revision: 1, body: `Now ${edit}` } }),
    )
    await screened(comment.id)
    await flag(comment.id, other.token, `They said ${words[9]}`)
    await decided(comment.id, 'approve', { revision: 2 })
    const complaint = word()
    words.push(complaint)
    await flag(other.comment.id, token, complaint)

    // Refused, and appealed against.
    const appealed = await posted(refused.input, { token })
    await screened(appealed.comment.id)
    await decided(appealed.comment.id, 'reject', { reason: 'off_topic' })
    const plea = word()
    words.push(plea)
    await json(
      call('POST', `${base}/comments/${appealed.comment.id}/appeal`, { token, body: { note: plea } }),
    )

    // Called spam by a person, and learnt.
    const taught = await posted(lesson.input, { token })
    await screened(taught.comment.id)
    const sentence = word()
    words.push(sentence)
    await decided(taught.comment.id, 'reject', { reason: `You name ${sentence}.` })
    await decided(taught.comment.id, 'spam')
    await study('blog')
    expect(await places([sentence])).toEqual([`decisions.reason: ${sentence}`])

    // Their domain was banned for a while, and that is a month ago.
    const ban = await json<{ id: string }>(
      asOperator('POST', '/v1/bans', { siteId: 'blog', kind: 'domain', value: `${words[2]}.example` }),
      201,
    )
    expect((await asOperator('DELETE', `/v1/bans/${ban.id}`)).status).toBe(204)
    await purge(env.DB, Date.now() + 31 * 86_400_000)

    const ids = [spam, { comment }, appealed, taught].map((made) => made.comment.id)
    expect(await places(words)).not.toEqual([])
    expect((await env.DB.prepare('SELECT * FROM lessons').all()).results).toHaveLength(4)
    expect(JSON.stringify((await log(`comment=${ids[0]}`))[0]?.details)).toContain(name)

    expect((await log(`comment=${appealed.comment.id}`))[0]?.comment).toEqual({
      author: refused.input.author.name,
      excerpt: refused.input.body,
    })

    for (const id of ids) await withdraw(id, token)
    await study('blog')
    await sweepAt(Date.now() + 60_000, losing)
    expect(await places(words)).toEqual([])
    const { results } = await env.DB.prepare('SELECT comment_seq AS seq FROM lessons').all<{ seq: number }>()
    expect(results).toHaveLength(1)
    const entries = await log()
    expect(entries.map(({ act }) => act)).toContain('comment.withdraw')
    for (const one of words) expect(JSON.stringify(entries)).not.toContain(one)
    expect((await log(`comment=${ids[0]}`)).map(({ act, details }) => [act, details])).toEqual([
      ['comment.withdraw', { from: 'spam', to: 'spam', reason: null }],
      ['comment.spam', { from: 'pending', to: 'spam', reason: null, verdict: 'spam' }],
    ])
    expect(await own(other.comment.id, other.token)).toMatchObject({
      own: { body: 'Somebody else’s words, that stay.' },
    })
  })

  it('keeps what they said in flags as long as another comment of theirs is there', async () => {
    const other = await approved()
    const { comment, token } = await posted()
    const { comment: second } = await posted({}, { token })
    const note = word()
    await flag(other.comment.id, token, note)
    await withdraw(comment.id, token)
    expect(await places([note])).toEqual([`flags.note: ${note}`])
    await withdraw(second.id, token)
    expect(await places([note])).toEqual([])
  })

  it('leaves their thread called as the next comment calls it', async () => {
    const { comment, token } = await approved({ title: 'Their title' })
    await approved({ title: 'The title' })
    const title = async () =>
      (await env.DB.prepare('SELECT title FROM threads').first<{ title: string }>())?.title
    expect(await title()).toBe('Their title')
    await withdraw(comment.id, token)
    expect(await title()).toBe('The title')
  })

  it('tells no reader of a comment that nobody saw', async () => {
    const { comment: shown } = await approved()
    // Who brings a token is answered from the database, not from what was answered a moment ago.
    const state = async () => {
      const answer = await call('GET', `${base}/thread?key=${encodeURIComponent('/post')}`, {
        token: 'a'.repeat(43),
      })
      return [answer.headers.get('etag'), await answer.text()]
    }
    const before = await state()
    expect(before[1]).toContain(shown.id)
    const pending = await posted()
    const reply = await posted({ parentId: shown.id })
    const spam = await posted({ trap: 'filled' })
    await screened(spam.comment.id)
    for (const { comment, token } of [pending, reply, spam]) await withdraw(comment.id, token)
    expect(await state()).toEqual(before)
  })
})
