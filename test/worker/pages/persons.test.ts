import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { personToken, printOf } from '../../../worker/access/personLink.ts'
import type { Env } from '../../../worker/env.ts'
import { counting } from '../counted.ts'
import { begun, imported, slice } from '../importing.ts'
import { eventually, fetchIn, losing, sweepFields } from '../jobs.ts'
import { mailbox, type Sent } from '../mailbox.ts'
import { addSite, asOperator, call, host, json, posted, queue } from '../product.ts'
import { log } from '../school.ts'

const minute = 60_000
const mika = 'mika@mail.example'
let now: number

beforeEach(async () => {
  now = Math.floor(Date.now() / (1440 * minute)) * 1440 * minute + 720 * minute
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  await addSite()
  await addSite({ id: 'other', name: 'Other' })
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** A form of a page, sent from wherever, in an environment that sends mail. */
async function send(path: string, fields: Record<string, string>, environment: Env, network?: string) {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...(network && { 'cf-connecting-ip': network }),
  }
  const body = new URLSearchParams(fields).toString()
  const answer = await fetchIn(environment, new Request(host + path, { method: 'POST', headers, body }))
  return { status: answer.status, html: await answer.text(), answer }
}

const linkIn = (mail: Sent | undefined) =>
  /https:\/\/hankyo\.example(\/p\/[\w~-]+)/.exec(mail?.text.replaceAll('\u2060', '') ?? '')?.[1] ?? ''

const sessionIn = (html: string) => /name="session" value="([^"]+)"/.exec(html)?.[1] ?? ''

/** What the page goes on with, once a link was opened that names a comment. */
const sessionOf = async (id: string) =>
  personToken(env as unknown as Env, 'person', {
    ...{ trace: { of: 'comment', id }, print: await printOf(mika), once: 'x', expiresAt: now + minute },
  })

/** Asks for a link, and waits until what that does after its answer is done. */
async function asked(typed: string, box = mailbox()) {
  const { status, html } = await send('/p', { email: typed }, box.environment)
  await box.deliverDue()
  return { status, html, box, mails: await box.sent() }
}

/** Asks for a link and opens it. */
async function opened() {
  const { box, mails } = await asked(mika)
  const path = linkIn(mails.at(-1))
  const { status, html } = await send(path, { act: 'open' }, box.environment)
  return { path, box, status, html, session: sessionIn(html) }
}

const words = async () =>
  (
    await env.DB.prepare('SELECT body FROM comments WHERE erased = 0 ORDER BY seq').all<{ body: string }>()
  ).results.map(({ body }) => body)

describe('A person who proves an e-mail address', () => {
  it('is shown what is kept of it on every site, takes it along, and erases it', async () => {
    await posted({ author: { name: 'Mika', email: 'Mika@Mail.Example' }, body: 'First <b>' })
    const { token } = await posted({ author: { name: 'M.', email: mika }, body: 'Second' }, {}, 'other')
    await posted({ author: { name: 'M.' }, body: 'Without an address' }, { token }, 'other')
    await posted({ author: { name: 'Nora', email: 'nora@mail.example' }, body: 'Stays' })
    const { path, box, html, session } = await opened()
    expect(html).toContain('<bdi>Blog</bdi>: 1')
    expect(html).toContain('<bdi>Other</bdi>: 2')
    const file = await send(path, { act: 'readable', session }, box.environment)
    expect(file.answer.headers.get('content-disposition')).toContain('my-comments.md')
    for (const body of ['First <b>', 'Second', 'Without an address'])
      expect(file.html).toContain(`> ${body}\n`)
    const { parts } = JSON.parse((await send(path, { act: 'json', session }, box.environment)).html)
    expect(parts.map((part: { items: { body: string }[] }) => part.items.map(({ body }) => body))).toEqual([
      ['First <b>'],
      ['Without an address', 'Second'],
    ])
    expect((await send(path, { act: 'erase', session }, box.environment)).status).toBe(400)
    const over = await send(path, { act: 'erase', session, sure: 'yes' }, env as unknown as Env)
    expect(over.html).toContain('It is being erased.')
    await eventually(async () => expect(await words()).toEqual(['Stays']))
    expect((await log('act=author.erase')).map(({ actor, siteId }) => [actor.kind, siteId]).sort()).toEqual([
      ['author', 'blog'],
      ['author', 'other'],
    ])
    expect((await asked(mika)).mails).toEqual([])
  })

  it('takes along and erases what ten browsers wrote on five sites, each with less than fifty statements', async () => {
    const sites = ['blog', 'other', 'third', 'fourth', 'fifth']
    for (const id of sites.slice(2)) await addSite({ id, name: id })
    const seeds = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        posted({ author: { name: `Mika ${at}`, email: mika }, body: `From ${at}` }),
      ),
    )
    for (const site of sites.slice(1))
      await Promise.all(
        seeds.map(({ token }, at) =>
          posted({ author: { name: 'M.' }, body: `From ${at} on ${site}` }, { token }, site),
        ),
      )
    const wish = { email: mika, key: '/post', url: 'https://blog.example/post', title: '', locale: 'en' }
    for (const site of sites)
      await json(
        call('POST', `/v1/sites/${site}/subscriptions`, { body: { ...wish, kinds: ['thread'] } }),
        202,
      )
    const session = await sessionOf(seeds[0]?.comment.id ?? '')
    const { environment, count } = counting(losing)
    const file = JSON.parse((await send('/p/x', { act: 'json', session }, environment)).html)
    expect(file.complete).toBe(true)
    const written = file.parts.flatMap((part: { items: { body: string }[] }) =>
      part.items.map(({ body }) => body),
    )
    expect(new Set(written).size).toBe(50)
    expect(count.statements).toBeLessThan(20)
    count.statements = 0
    await send('/p/x', { act: 'erase', session, sure: 'yes' }, environment)
    expect(count.statements).toBeLessThan(30)
    const { results } = await env.DB.prepare(
      `SELECT (SELECT count(*) FROM erasures) AS erasures, (SELECT count(DISTINCT author_id) FROM comments) AS authors,
         (SELECT count(*) FROM events WHERE act = 'author.erase') AS events,
         (SELECT count(*) FROM subscribers WHERE address <> '') AS told,
         (SELECT count(*) FROM erasures e JOIN authors a ON a.id = e.author_id AND e.actor_id = a.public_id) AS own,
         (SELECT count(*) FROM events WHERE act = 'author.erase' AND actor_id = details ->> 'value') AS told_as_own`,
    ).all()
    // No site is told by which author of another one they began.
    expect(results).toEqual([{ erasures: 50, authors: 50, events: 50, told: 0, own: 50, told_as_own: 50 }])
  })

  it.each([
    ['8,001 comments', 8_001],
    ['51 authors', 51],
  ])('is told by the file itself where it does not have everything: %s', async (what, times) => {
    const { comment } = await posted({ author: { name: 'Mika', email: mika }, body: 'One' })
    await env.DB.prepare(
      `WITH RECURSIVE n (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < ?)
       INSERT INTO authors (public_id, site_id, token_hash, created_at) SELECT 'x' || at, 'blog', 'h' || at, 0 FROM n`,
    )
      .bind(times)
      .run()
    const { results } = await env.DB.prepare("SELECT name FROM pragma_table_info('comments')").all<{
      name: string
    }>()
    const names = results.map(({ name }) => name)
    const others: Record<string, string> = { seq: 'c.seq + x.id', id: 'x.public_id' }
    const theirs: Record<string, string> = { author_id: 'x.id', author_public_id: 'x.public_id' }
    const copied = { ...others, ...(what === '51 authors' && theirs) }
    await env.DB.prepare(
      `INSERT INTO comments (${names}) SELECT ${names.map((name) => copied[name] ?? `c.${name}`)}
       FROM comments c JOIN authors x ON x.token_hash LIKE 'h%' WHERE c.id = ?`,
    )
      .bind(comment.id)
      .run()
    const session = await sessionOf(comment.id)
    const { environment, count } = counting(losing)
    const text = (await send('/p/x', { act: 'readable', session }, environment)).html
    expect(text).toMatch(/^\*\*This file does not have everything/)
    expect(count.statements).toBeLessThan(45)
    const { complete } = JSON.parse((await send('/p/x', { act: 'json', session }, losing)).html)
    expect(complete).toBe(false)
  })

  it('gets a link that works once, for an hour, on this instance alone, and opens nothing by being followed', async () => {
    await posted({ author: { name: 'Mika', email: mika }, body: 'First' })
    const { box, mails } = await asked(mika)
    const path = linkIn(mails.at(-1))
    for (let times = 0; times < 3; times++)
      expect((await call('GET', path, { origin: null })).status).toBe(200)
    const elsewhere = { ...box.environment, TOKEN_SECRET: 'another-instance-0123456789abcdef' } as Env
    expect((await send(path, { act: 'open' }, elsewhere)).status).toBe(410)
    const first = await send(path, { act: 'open' }, box.environment)
    expect([first.status, first.html.includes('<bdi>Blog</bdi>: 1')]).toEqual([200, true])
    const again = await send(path, { act: 'open' }, box.environment)
    expect([again.status, again.html.includes('Blog')]).toEqual([410, false])
    const session = sessionIn(first.html)
    for (const forged of [
      '',
      'x',
      session.slice(0, -1),
      path.slice(3),
      session.replace('comment', 'subscriber'),
    ])
      expect((await send(path, { act: 'json', session: forged }, box.environment)).status, forged).toBe(410)
    now += 61 * minute
    expect((await send(path, { act: 'json', session }, box.environment)).status).toBe(410)
    const late = (await asked(mika)).mails.at(-1)
    now += 61 * minute
    expect((await call('GET', linkIn(late), { origin: null })).status).toBe(410)
  })

  it('sees nothing of a browser that wrote with other addresses, too', async () => {
    const { token } = await posted({ author: { name: 'Nora', email: 'nora@mail.example' }, body: 'Private' })
    const named = await posted(
      { author: { name: 'Nora', email: mika }, body: 'In another’s name' },
      { token },
    )
    const { path, box, html } = await opened()
    const session = await sessionOf(named.comment.id)
    expect(html).toContain('<bdi>Blog</bdi></span>: Somebody also wrote')
    expect(html).not.toContain('name="act" value="erase"')
    expect((await send(path, { act: 'readable', session }, box.environment)).html).toBe('')
    await send(path, { act: 'erase', session, sure: 'yes' }, env as unknown as Env)
    expect(await words()).toEqual(['Private', 'In another’s name'])
  })

  it.each(['blog', 'other'])(
    'sees nothing of it either once the others are forgotten, on %s',
    async (site) => {
      const { token } = await posted({
        author: { name: 'Nora', email: 'nora@mail.example' },
        body: 'Private',
      })
      await env.DB.prepare('UPDATE comments SET created_at = created_at - ?')
        .bind(9 * 1440 * minute)
        .run()
      await posted({ author: { name: 'Nora', email: mika }, body: 'Mine' }, { token }, site)
      await json(asOperator('PATCH', '/v1/sites/blog', { settings: { emailDays: 5 } }))
      await sweepFields(now + 2 * 1440 * minute, losing)
      expect(await env.DB.prepare('SELECT count(email) AS n FROM comments').first('n')).toBe(1)
      const { html } = await opened()
      expect(html).toContain('Somebody also wrote')
      expect(html).not.toContain('name="act" value="erase"')
    },
  )

  it('sees and erases nothing of another site by what an import called its author there', async () => {
    const { author } = imported()
    for (const [site, email, body] of [
      ['blog', null, 'Somebody’s'],
      ['other', mika, 'Mine'],
    ] as const) {
      const { id } = await begun(site)
      await json(slice(id, [imported({ body, author: { ...author, email } })]))
    }
    const { path, box, html, session } = await opened()
    expect(html).toContain('<bdi>Other</bdi>: 1')
    expect(html).not.toContain('Blog')
    const { parts } = JSON.parse((await send(path, { act: 'json', session }, box.environment)).html)
    expect(parts.map((part: { author: { site: { id: string } } }) => part.author.site.id)).toEqual(['other'])
    await send(path, { act: 'erase', session, sure: 'yes' }, env as unknown as Env)
    await eventually(async () => expect(await words()).toEqual(['Somebody’s']))
  })

  it('takes no comment along that has another address', async () => {
    const { comment } = await posted({ author: { name: 'Mika', email: mika }, body: 'Mine' })
    const author = (await queue(`tab=all&ids=${comment.id}`)).items[0]?.author.id
    const session = await sessionOf(comment.id)
    await env.DB.prepare("UPDATE comments SET email = 'other@mail.example' WHERE author_public_id = ?")
      .bind(author)
      .run()
    expect((await send('/p/x', { act: 'readable', session }, losing as unknown as Env)).status).toBe(410)
  })

  it('is found by what they are told by mail alone, which ends then', async () => {
    const wish = {
      email: mika,
      key: '/post',
      url: 'https://blog.example/post',
      title: '',
      kinds: ['thread'],
      locale: 'en',
    }
    await json(call('POST', '/v1/sites/blog/subscriptions', { body: wish }), 202)
    await mailbox().deliverDue()
    const { path, box, html, session } = await opened()
    expect(html).toContain('News by mail')
    await send(path, { act: 'erase', session, sure: 'yes' }, box.environment)
    const { results } = await env.DB.prepare('SELECT address FROM subscribers').all()
    expect(results).toEqual([{ address: '' }])
  })
})

describe('Whoever asks for an address', () => {
  it('is told the same whether or not anything is kept of it', async () => {
    await posted({ author: { name: 'Mika', email: mika }, body: 'First' })
    const answers = []
    for (const typed of [
      mika,
      'nobody@mail.example',
      'x',
      '',
      `${mika}\r\nBcc: all@mail.example`,
      `<${mika}>`,
    ])
      answers.push(await asked(typed))
    expect(new Set(answers.map(({ status, html }) => `${status} ${html}`)).size).toBe(1)
    expect(answers.map(({ mails }) => mails.map(({ to }) => to))).toEqual([[mika], [], [], [], [], []])
  })

  it('has at most three mails sent to it within a day, in their language, and of no more than it', async () => {
    await posted({ author: { name: 'Mika', email: 'mika@日本語.example' }, body: 'First' })
    const box = mailbox()
    for (let times = 0; times < 5; times++) await asked('MIKA@日本語.example', box)
    const mails = await box.sent()
    expect(mails).toHaveLength(3)
    expect(mails[0]).toMatchObject({ to: 'mika@xn--wgv71a119e.example', subject: 'What Blog keeps of you' })
    expect(mails[0]?.text).not.toContain('First')
    expect(linkIn(mails[0])).not.toMatch(/mika/i)
    now += 1440 * minute
    await asked('mika@xn--wgv71a119e.example', box)
    expect(await box.sent()).toHaveLength(3)
  })

  it('asks for few from one network, and for none where no mail is sent', async () => {
    const box = mailbox()
    const statuses = []
    for (let times = 0; times < 12; times++)
      statuses.push((await send('/p', { email: mika }, box.environment, '192.0.2.1')).status)
    expect(statuses.slice(0, 2)).toEqual([200, 200])
    expect(statuses.at(-1)).toBe(429)
    const silent = { ...losing, MAIL: '' } as unknown as Env
    const page = await fetchIn(silent, new Request(`${host}/p`))
    const html = await page.text()
    expect(html).toContain('This server sends no mail.')
    expect(html).not.toContain('<form')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(html).not.toContain('<script')
  })
})
