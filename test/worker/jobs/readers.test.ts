import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { undoWindowMs as window } from '../../../worker/contract/decisions.ts'
import { confirming } from '../../confirming.ts'
import { counting } from '../counted.ts'
import { deliver, eventually, fetchIn, withBatch } from '../jobs.ts'
import { linkIn, mailbox } from '../mailbox.ts'
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
  posted,
  queue,
} from '../product.ts'

const minute = 60_000
const day = 1440 * minute

/** The time as the worker has it. */
let now: number
let box: ReturnType<typeof mailbox>

beforeEach(async () => {
  now = Math.floor(Date.now() / day) * day + day / 2
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  box = mailbox()
  await addSite({ settings: { editMinutes: 1440 } })
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Lets time pass, and delivers what is due then. */
async function pass(ms: number): Promise<void> {
  now += ms
  await box.deliverDue()
}

const rows = async (table: string) =>
  (await env.DB.prepare(`SELECT * FROM ${table}`).all<Record<string, unknown>>()).results

/** Mails since, but those that ask to confirm. */
const told = async () => (await box.sent()).filter(({ id }) => !id.startsWith('confirm.'))

const token = () => crypto.randomUUID() + crypto.randomUUID()

async function confirm(path: string): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const body of confirming(await (await call('GET', path, { origin: null })).text()))
    expect((await call('POST', path, { body, headers, origin: null })).status).toBe(200)
}

/** A comment whose author wants to be told, and confirmed that. */
async function written(more: Record<string, unknown> = {}) {
  const mine = token()
  const author = { name: 'Mika', email: `m${crypto.randomUUID().slice(0, 8)}@mail.example` }
  const made = comment({ author, subscribe: ['fate', 'replies'], locale: 'en', ...more })
  // Nobody screens it but a test that says so.
  const headers = { origin: pageOrigin, authorization: `Bearer ${mine}` }
  const sent = { method: 'POST', headers, body: JSON.stringify(made) }
  await json(fetchIn(box.environment, new Request(`${host}/v1/sites/blog/comments`, sent)), 202)
  await box.deliverDue()
  await confirm(linkIn((await box.sent()).at(-1) as never))
  await box.deliverDue()
  return { id: made.id, token: mine, email: author.email }
}

/** Has an address told of all that is new on the page. */
async function follow(email: string, mine = token(), key = '/post'): Promise<string> {
  const wish = { email, key, url: `${pageOrigin}${key}`, kinds: ['thread'], locale: 'en' }
  await json(call('POST', '/v1/sites/blog/subscriptions', { body: wish, token: mine }), 202)
  await box.deliverDue()
  const path = linkIn((await box.sent()).at(-1) as never)
  await confirm(path)
  return path
}

/** What the cron does at the start of an hour, and some minutes later. */
async function forgetOld(): Promise<void> {
  now = Math.ceil((now + 1) / (60 * minute)) * 60 * minute
  await box.sweep()
  now += 4 * minute
  await box.sweep()
}

const staffEdit = (id: string) =>
  json(asOperator('PATCH', `/v1/comments/${id}`, { revision: 1, body: 'A text without a typo.' }))

const undo = (decisionId: string) => json(asOperator('DELETE', `/v1/decisions/${decisionId}`))

describe('Who wrote a comment is told', () => {
  it('that it is published, once it can be undone no more, once, with a way to it and a way out', async () => {
    const mine = await written()
    await decided(mine.id, 'approve')
    await pass(window - 1)
    expect(await told()).toEqual([])
    await pass(1)
    await pass(day)
    const [mail, ...others] = await told()
    expect(others).toEqual([])
    expect(mail?.to).toBe(mine.email)
    expect(mail?.html).toContain(`https://blog.example/post#comment-${mine.id}`)
    const unsubscribe = mail?.mail.headers.find(({ key }) => key === 'list-unsubscribe')?.value
    expect(unsubscribe).toBe(`<https://hankyo.example${linkIn(mail as never)}>`)
  })

  it('that it is refused, why in their words, and how to have it looked at again', async () => {
    const mine = await written({ locale: 'de' })
    await decided(mine.id, 'reject', { reason: 'off_topic' })
    await pass(window)
    const [mail] = await told()
    expect(mail?.text).toContain('Er gehört nicht zum Thema.')
    expect(mail?.html).toContain(`#comment-${mine.id}`)
  })

  it('of what stands after an appeal, and never the same twice', async () => {
    const mine = await written()
    await decided(mine.id, 'reject')
    await pass(window)
    expect(await told()).toHaveLength(1)
    await json(call('POST', `/v1/sites/blog/comments/${mine.id}/appeal`, { token: mine.token, body: {} }))
    await decided(mine.id, 'approve')
    await pass(window)
    expect(await told()).toHaveLength(2)
    const change = { body: 'Another text of mine, a little longer.', revision: 1 }
    await json(call('PATCH', `/v1/sites/blog/comments/${mine.id}`, { token: mine.token, body: change }))
    await decided(mine.id, 'approve', { revision: 2 })
    await pass(window)
    expect(await told()).toHaveLength(2)
  })

  it('all the same, and why, where staff edit it before it can be undone no more', async () => {
    const [shown, refused] = [await written(), await written()]
    await follow('fan@mail.example')
    await decided(shown.id, 'approve')
    await decided(refused.id, 'reject', { reason: 'off_topic' })
    now += 4 * minute
    for (const { id } of [shown, refused]) await staffEdit(id)
    await pass(window - 4 * minute)
    expect(await told()).toEqual([])
    await pass(window)
    await pass(window)
    const mails = await told()
    expect(mails.map(({ to }) => to).sort()).toEqual(['fan@mail.example', shown.email, refused.email].sort())
    expect(mails.find(({ to }) => to === refused.email)?.text).toContain('It is off topic')
  })

  it('nothing of a text that they change, once readers saw what they wrote', async () => {
    await json(asOperator('PATCH', '/v1/sites/blog', { policy: 'postmoderate' }))
    const mine = await written()
    await deliver([{ v: 1, site: 'blog', id: mine.id, revision: 1 }], { environment: box.environment })
    await pass(day / 2)
    const change = { body: 'Another text of mine, a little longer.', revision: 1 }
    await json(call('PATCH', `/v1/sites/blog/comments/${mine.id}`, { token: mine.token, body: change }))
    await deliver([{ v: 1, site: 'blog', id: mine.id, revision: 2 }], { environment: box.environment })
    await pass(window)
    expect((await queue(`tab=all&ids=${mine.id}`)).items[0]).toMatchObject({
      status: 'approved',
      revision: 2,
    })
    expect(await told()).toEqual([])
  })

  it('nothing of what was undone, withdrawn, or is spam', async () => {
    const [undone, withdrawn, spam] = [await written(), await written(), await written()]
    await undo((await decided(undone.id, 'reject')).decisionId)
    await decided(withdrawn.id, 'approve')
    await call('DELETE', `/v1/sites/blog/comments/${withdrawn.id}`, { token: withdrawn.token })
    await decided(spam.id, 'spam')
    await pass(day)
    expect(await told()).toEqual([])
  })

  it('as soon as they confirm, where it was decided before', async () => {
    const made = await posted({
      author: { name: 'Mika', email: 'mika@mail.example' },
      subscribe: ['fate'],
    } as never)
    await box.deliverDue()
    await decided(made.comment.id, 'approve')
    await pass(window)
    expect(await told()).toEqual([])
    await confirm(linkIn((await box.sent()).at(-1) as never))
    await box.deliverDue()
    expect(await told()).toHaveLength(1)
  })

  it('nothing of what screening publishes while they look', async () => {
    await json(asOperator('PATCH', '/v1/sites/blog', { policy: 'postmoderate' }))
    const mine = await written()
    await deliver([{ v: 1, site: 'blog', id: mine.id, revision: 1 }], { environment: box.environment })
    await pass(day)
    expect(await told()).toEqual([])
    // Nor is their address kept for ever, where it is for this alone.
    await env.DB.prepare("DELETE FROM subscriptions WHERE kind <> 'fate'").run()
    now += 91 * day
    await forgetOld()
    expect((await rows('subscribers')).map(({ address }) => address)).toEqual([''])
    const late = await written()
    now += 2 * minute
    await deliver([{ v: 1, site: 'blog', id: late.id, revision: 1 }], { environment: box.environment })
    await pass(0)
    expect(await told()).toHaveLength(1)
  })
})

describe('Who was answered is told', () => {
  it('of all answers within the window in one mail, in which words are text and nobody’s address is', async () => {
    const mine = await written()
    await decided(mine.id, 'approve')
    await pass(window)
    const before = (await told()).length
    const answers = []
    for (const name of ['Aoi', 'Ben']) {
      const author = { name, email: `${name.toLowerCase()}@private.example` }
      answers.push(
        await approved({
          parentId: mine.id,
          author,
          body: `**Hello** from ${name}, see https://evil.example/x`,
        }),
      )
      now += 3 * minute
    }
    await pass(window)
    expect(await told()).toHaveLength(before)
    await pass(window)
    const [mail, ...others] = (await told()).slice(before)
    expect(others).toEqual([])
    expect(mail?.to).toBe(mine.email)
    const text = mail?.text.replaceAll('\u2060', '')
    expect(text).toContain('Hello from Aoi')
    expect(text).toContain('Hello from Ben')
    expect(mail?.html).not.toMatch(/href="https:\/\/evil|private\.example/)
    for (const { comment } of answers) expect(mail?.html).toContain(`#comment-${comment.id}`)
  })

  it('of none that was undone, withdrawn or refused meanwhile, and of nothing if none is left', async () => {
    const mine = await written()
    await decided(mine.id, 'approve')
    await pass(window)
    const before = (await told()).length
    const [undone, withdrawn, refused] = [
      await posted({ parentId: mine.id }),
      await approved({ parentId: mine.id }),
      await approved({ parentId: mine.id }),
    ]
    await undo((await decided(undone.comment.id, 'approve')).decisionId)
    await pass(window)
    await call('DELETE', `/v1/sites/blog/comments/${withdrawn.comment.id}`, { token: withdrawn.token })
    await decided(refused.comment.id, 'reject', { status: 'approved' })
    await pass(window)
    expect(await told()).toHaveLength(before)
  })

  it('of an answer that was taken back and published after all', async () => {
    const mine = await written()
    await decided(mine.id, 'approve')
    await pass(window)
    const before = (await told()).length
    const answer = await posted({ parentId: mine.id })
    const { decisionId } = await decided(answer.comment.id, 'approve')
    await pass(window)
    await undo(decisionId)
    await pass(window)
    expect(await told()).toHaveLength(before)
    await decided(answer.comment.id, 'approve')
    await pass(window)
    await pass(window)
    await decide(answer.comment.id, 'reject', { status: 'approved' })
    await decided(answer.comment.id, 'approve', { status: 'rejected' })
    await pass(window)
    await pass(window)
    expect(await told()).toHaveLength(before + 1)
  })

  it('of nothing of their own, from whichever browser', async () => {
    const mine = await written()
    await decided(mine.id, 'approve')
    await pass(window)
    const before = (await told()).length
    await approved({ parentId: mine.id }, { token: mine.token })
    await approved({ parentId: mine.id, author: { name: 'Mika', email: mine.email.toUpperCase() } } as never)
    await pass(window)
    await pass(window)
    expect(await told()).toHaveLength(before)
  })

  it('by staff, too, and once where they follow the thread besides', async () => {
    const mine = await written()
    await follow(mine.email, mine.token)
    await decided(mine.id, 'approve')
    await pass(window)
    const before = (await told()).length
    await json(
      asOperator('POST', `/v1/comments/${mine.id}/replies`, {
        id: crypto.randomUUID(),
        body: 'Thank you for this.',
      }),
      201,
    )
    await pass(window)
    await pass(window)
    expect(await told()).toHaveLength(before + 1)
  })
})

describe('A mail to a reader whose address takes none', () => {
  const givenUp = async () =>
    (await json<{ items: { id: string }[] }>(asOperator('GET', '/v1/deliveries?site=blog&status=dead'))).items

  /** The comment whose author’s mail was refused. */
  async function refused(): Promise<string> {
    const { id } = await written({ author: { name: 'Mika', email: 'nobody@mail.example' } })
    await decided(id, 'approve')
    box.environment.MAIL = `smtp://localhost:${inject('mailServer').starttls}`
    await pass(window)
    return id
  }

  it('is listed as given up with the answer, while the address is gone; and is not sent again', async () => {
    const commentId = await refused()
    const [line, ...others] = await givenUp()
    expect(others).toEqual([])
    expect(line).toMatchObject({
      ...{ destination: 'reader_fate', recipient: 'n…@mail.example', attempts: 1, commentId },
      answer: 'the server knows no such recipient: 550 5.1.1 <n…@mail.example>: no such user',
    })
    expect(await rows('subscribers')).toMatchObject([{ state: 'ended', address: '' }])
    expect((await asOperator('POST', `/v1/deliveries/${line?.id}/retry`, {})).status).toBe(404)
    expect(await givenUp()).toEqual([line])
  })

  it('is listed, and its reader ended, wherever the worker is killed on the way to that', async () => {
    for (let survived = 0, isKilled = true; isKilled; survived++) {
      const { id: commentId } = await written({
        author: { name: 'Mika', email: `nobody@mail${survived}.example` },
      })
      await decided(commentId, 'approve')
      const { MAIL, DB } = box.environment
      let writes = 0
      isKilled = false
      box.environment.DB = withBatch(async (statements) => {
        isKilled ||= writes++ >= survived
        if (isKilled) throw new Error('killed')
        return env.DB.batch(statements)
      }).DB
      box.environment.MAIL = `smtp://localhost:${inject('mailServer').starttls}`
      await pass(window).catch(() => null)
      box.environment.DB = DB
      await pass(10 * minute)
      box.environment.MAIL = MAIL
      expect(await givenUp()).toContainEqual(expect.objectContaining({ commentId }))
      expect((await rows('subscribers')).every(({ state }) => state === 'ended')).toBe(true)
    }
  })

  it('is listed no more once its reader is erased', async () => {
    await refused()
    expect(await givenUp()).toHaveLength(1)
    const [author] = await rows('authors')
    await json(asOperator('DELETE', `/v1/authors/${author?.public_id}`), 202)
    await eventually(async () => expect(await rows('outbox')).toEqual([]))
  })

  it('is listed for a month', async () => {
    await refused()
    now += 29 * day
    await forgetOld()
    expect(await givenUp()).toHaveLength(1)
    now += 2 * day
    await forgetOld()
    expect(await rows('outbox')).toEqual([])
  })
})

describe('Who follows a thread is told', () => {
  it('of new comments there and nowhere else, until one click ends it', async () => {
    await follow('fan@mail.example')
    await approved()
    await approved({ key: '/other', url: `${pageOrigin}/other` })
    await pass(window)
    await pass(window)
    const [mail, ...others] = await told()
    expect(others).toEqual([])
    expect(mail).toMatchObject({ to: 'fan@mail.example' })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    await call('POST', linkIn(mail as never), { body: 'List-Unsubscribe=One-Click', headers, origin: null })
    await approved()
    await pass(window)
    await pass(window)
    expect(await told()).toHaveLength(1)
  })

  it('of what comes under any key of it where it moved, also in another thread, once', async () => {
    await follow('fan@mail.example', token(), '/post')
    await follow('reader@mail.example', token(), '/new')
    await follow('both@mail.example', token(), '/post')
    await follow('both@mail.example', token(), '/new')
    for (const key of ['/post', '/new']) await approved({ key, url: `${pageOrigin}${key}` })
    await pass(window)
    await pass(day)
    const before = (await told()).length
    const move = { id: crypto.randomUUID(), site: 'blog', from: '/post', to: '/new' }
    await json(asOperator('POST', '/v1/thread-moves', move), 202)
    await approved({ key: '/post', url: `${pageOrigin}/post`, body: 'In the thread of both' })
    await pass(window)
    await pass(day)
    const mails = (await told()).slice(before)
    expect(mails.map(({ to }) => to).sort()).toEqual(
      ['both', 'fan', 'reader'].map((name) => `${name}@mail.example`),
    )
    for (const { html } of mails) expect(html).toContain('https://blog.example/new#comment-')
  })

  it('by a mail server, and no more only where that knows no such recipient', async () => {
    for (const name of ['full', 'nobody', 'later', 'mika']) await follow(`${name}@mail.example`)
    box.environment.MAIL = `smtp://localhost:${inject('mailServer').starttls}`
    await approved()
    await pass(window)
    await pass(window)
    const left = (await rows('subscribers')).filter(({ state }) => state === 'confirmed')
    expect(left.map(({ address }) => address).sort()).toEqual(
      ['full', 'later', 'mika'].map((name) => `${name}@mail.example`),
    )
    const waiting = (await rows('outbox')).filter(({ dead_at }) => dead_at === null)
    expect(waiting.map(({ failure }) => failure)).toEqual([
      'the server asks to try again: 451 4.7.1 greylisted, try again',
    ])
  })

  it('of nothing that can still be undone, though a mail that gathers is due', async () => {
    await follow('fan@mail.example')
    await approved({ body: 'The first.' })
    await pass(8 * minute)
    const { comment: late } = await posted({ body: 'The second.' })
    await undo((await decided(late.id, 'approve')).decisionId)
    await pass(2 * minute)
    await pass(7 * minute)
    await decided(late.id, 'approve')
    await pass(minute)
    await pass(2 * minute)
    expect((await told()).map(({ text }) => /The second/.test(text))).toEqual([false])
    await pass(window)
    await pass(window)
    expect((await told()).map(({ text }) => /The second/.test(text))).toEqual([false, true])
  })

  it('of nothing that was published before they followed it, though its author changes it', async () => {
    const mine = await posted({ body: 'An older text of mine.' })
    await decided(mine.comment.id, 'approve')
    await pass(window)
    await pass(window)
    await follow('fan@mail.example')
    const path = `/v1/sites/blog/comments/${mine.comment.id}`
    await json(call('PATCH', path, { token: mine.token, body: { body: 'A newer text.', revision: 1 } }))
    await decided(mine.comment.id, 'approve', { revision: 2 })
    await pass(window)
    await pass(window)
    expect(await told()).toEqual([])
  })

  it('once of a comment, though it is published anew months later', async () => {
    await follow('fan@mail.example')
    const { comment } = await approved()
    await pass(window)
    await pass(window)
    expect(await told()).toHaveLength(1)
    await pass(40 * day)
    await forgetOld()
    expect(await rows('reader_news')).toEqual([])
    await decided(comment.id, 'reject', { status: 'approved' })
    await decided(comment.id, 'approve', { status: 'rejected' })
    await pass(window)
    await pass(window)
    expect(await told()).toHaveLength(1)
  })

  it('of what comes after a mail that was refused for its words', async () => {
    await follow('unwanted@mail.example')
    const { environment } = box
    const MAIL = environment.MAIL
    environment.MAIL = `smtp://localhost:${inject('mailServer').starttls}`
    await approved({ body: 'Looks like spam.' })
    await pass(window)
    await pass(window)
    expect(await rows('outbox')).toMatchObject([{ failure: expect.stringContaining('looks like spam') }])
    if (MAIL === undefined) delete environment.MAIL
    else environment.MAIL = MAIL
    await approved({ body: 'Looks like an answer.' })
    await pass(window)
    await pass(window)
    const [mail, ...others] = await told()
    expect(others).toEqual([])
    expect(mail?.text).toContain('Looks like an answer.')
    expect(mail?.text).not.toContain('Looks like spam.')
  })

  it('of nothing more once they end it, though they follow another and a mail gathers', async () => {
    await follow('fan@mail.example')
    await follow('fan@mail.example', token(), '/other')
    now += day
    await box.deliverDue()
    await confirm(linkIn((await box.sent()).at(-1) as never))
    await approved()
    await approved({ key: '/other', url: `${pageOrigin}/other` })
    await pass(window)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = 'act=end&kind=thread&commentSeq=0&threadKey=/post'
    await call('POST', linkIn((await box.sent()).at(-1) as never), { body, headers, origin: null })
    await pass(window)
    const mails = await told()
    expect(mails.map(({ html }) => /blog\.example(\/\w+)#comment/.exec(html)?.[1])).toEqual(['/other'])
  })

  it('of each of more than a mail tells of, in one mail after another', async () => {
    await follow('fan@mail.example')
    const made = await approved()
    await pass(window)
    const [{ seq }] = (await rows('comments')) as [{ seq: number }]
    const columns = Object.keys((await rows('comments'))[0] as object).filter(
      (name) => name !== 'seq' && name !== 'id',
    )
    const copied = columns.join(', ')
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 130)
       INSERT INTO comments (seq, id, ${copied}) SELECT ? + i, 'c' || i, ${copied} FROM n CROSS JOIN comments WHERE id = ?`,
    )
      .bind(seq, made.comment.id)
      .run()
    await env.DB.prepare(
      `INSERT INTO reader_news (comment_seq, subscriber_id, kind, thread_id)
       SELECT c.seq, s.id, 'thread', c.thread_id FROM comments c CROSS JOIN subscribers s WHERE TRUE ON CONFLICT DO NOTHING`,
    ).run()
    await pass(window)
    const mails = await told()
    const numbers = mails.map(({ html, text }) => {
      const left = Number(/(\d+) more/.exec(text)?.[1] ?? 0)
      return new Set(html.match(/#comment-[\w-]+/g)).size + left
    })
    expect(numbers).toEqual([100, 31])
    expect((await rows('reader_news')).filter(({ told_at }) => told_at === null)).toEqual([])
    expect(await rows('outbox')).toEqual([])
  })

  it('of nothing old once its mail was given up long ago', async () => {
    await follow('fan@mail.example')
    await approved({ body: 'An old one.' })
    await pass(window)
    await env.DB.prepare('UPDATE outbox SET dead_at = ?').bind(now).run()
    now += 29 * day
    await forgetOld()
    expect(await rows('reader_news')).toHaveLength(1)
    now += 2 * day
    await forgetOld()
    await forgetOld()
    expect(await rows('reader_news')).toEqual([])
  })

  it('once each where they are hundreds, in bounded steps', async () => {
    const statements = Array.from({ length: 130 }, (_, at) => {
      const id = `s${String(at).padStart(21, '0')}`
      return [
        env.DB.prepare(
          `INSERT INTO subscribers (id, site_id, address, locale, state, changed_at, created_at)
           VALUES (?, 'blog', ?, 'en', 'confirmed', 0, 0)`,
        ).bind(id, `fan${at}@mail.example`),
        env.DB.prepare(
          `INSERT INTO subscriptions (subscriber_id, kind, thread_key, site_id, created_at, confirmed_at)
           VALUES (?, 'thread', '/post', 'blog', 0, 0)`,
        ).bind(id),
      ]
    }).flat()
    await env.DB.batch(statements)
    await approved()
    now += window
    const steps: number[] = []
    for (;;) {
      const [row] = (await rows('outbox')).filter(({ destination }) => destination === 'reader_decisions')
      if (!row) break
      const { environment, count } = counting(box.environment)
      await deliver([{ v: 1, site: 'blog', deliver: row.id, turn: row.turn }], { environment })
      expect(count.statements).toBeLessThanOrEqual(12)
      steps.push(count.read)
    }
    expect(steps).toHaveLength(2)
    expect(Math.max(...steps)).toBeLessThanOrEqual(2_000)
    await pass(window)
    const mails = await told()
    expect(mails).toHaveLength(130)
    expect(new Set(mails.map(({ to }) => to)).size).toBe(130)
    expect(new Set(mails.map(({ id }) => id)).size).toBe(130)
  })

  it('in the same mail again, where it is not known whether it arrived', async () => {
    await follow('fan@mail.example')
    await approved({ body: 'The first of two.' })
    await pass(window)
    now += window
    // The worker is ended between the mail and the note of it.
    const row = async () =>
      (await rows('outbox')).find(({ destination }) => destination === 'reader_answers') as Record<
        string,
        number
      >
    const broken = {
      ...box.environment,
      MAIL_FOLDER: {
        fetch: async (...args: [string, object]) => {
          await (box.environment.MAIL_FOLDER as never as { fetch: (...args: unknown[]) => unknown }).fetch(
            ...args,
          )
          throw new Error('ended')
        },
      },
    }
    const { id, turn } = await row()
    await deliver([{ v: 1, site: 'blog', deliver: id, turn }], { environment: broken as never })
    expect(await told()).toHaveLength(1)
    await approved({ body: 'The second of two.' })
    await pass(window)
    await pass(day)
    const mails = await told()
    expect(mails.map(({ id }) => id)).toEqual([mails[0]?.id, mails[0]?.id, expect.anything()])
    expect(mails[1]?.text).toBe(mails[0]?.text)
    expect(mails[2]?.text).not.toContain('The first of two')
    expect(mails[2]?.text).toContain('The second of two')
  })
})

it('A decision where nobody is told writes nothing to be told to readers', async () => {
  await decided((await posted()).comment.id, 'approve')
  expect(await rows('outbox')).toEqual([])
})
