import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CommentHistory } from '../../../worker/contract/commentHistory.ts'
import type { RetentionPreview } from '../../../worker/contract/retentionPreview.ts'
import { quoted, signs } from '../../../worker/search/tokens.ts'
import { counting } from '../counted.ts'
import { begun, brought, imported, slice } from '../importing.ts'
import { indexed } from '../indexed.ts'
import { losing, sweepFields } from '../jobs.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  decided,
  json,
  posted,
  queue,
  screened,
  thread,
} from '../product.ts'

beforeEach(() => addSite())

const day = 86_400_000

/** What the cron does once what is of now is so many days old. */
const sweepAfter = (days: number, environment = losing) =>
  sweepFields(Date.now() + days * day + 3_600_000, environment)

const set = (settings: Record<string, unknown>) => json(asOperator('PATCH', '/v1/sites/blog', { settings }))
const undo = (decisionId: string) => asOperator('DELETE', `/v1/decisions/${decisionId}`)
const history = (id: string) => json<CommentHistory>(asOperator('GET', `/v1/comments/${id}`))
const found = async (typed: string) => (await queue(`tab=all&q=${encodeURIComponent(typed)}`)).items.length

/** A word that nobody else ever says. */
let said = 0
const word = () => `Parchment${++said}qq`

/** The tables that hold a word, of the database and of its full-text index. */
async function places(text: string): Promise<string[]> {
  const held: string[] = []
  for (const db of [env.DB, env.SEARCH as D1Database]) {
    const { results } = await db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'kept_*'")
      .all<{ name: string }>()
    for (const { name } of results)
      if (
        !/^(_|sqlite_|d1_)/.test(name) &&
        JSON.stringify((await db.prepare(`SELECT * FROM ${name}`).all()).results).includes(text)
      )
        held.push(name)
  }
  return held
}

/** How many comments the full-text index has with three letters in their e-mail. */
const indexedBy = (letters: string) =>
  (env.SEARCH as D1Database)
    .prepare('SELECT count(*) AS n FROM documents WHERE documents MATCH ?')
    .bind(quoted(signs.email + letters))
    .first('n')

/** What a site’s comments take as its tally says, and as its rows do. */
async function bytes() {
  const row = await env.DB.prepare(
    `SELECT t.bytes, (SELECT sum(2000 + octet_length(body) + octet_length(content) + octet_length(name)
         + coalesce(octet_length(email), 0) + coalesce(octet_length(url), 0) + octet_length(page_url) + octet_length(page_title))
         FROM comments) + (SELECT coalesce(sum(octet_length(body) + octet_length(content) + 200), 0) FROM revisions) AS counted
     FROM tallies t WHERE site_id = 'blog'`,
  ).first<{ bytes: number; counted: number }>()
  return row
}

const isCounted = async () => {
  const row = await bytes()
  expect(row?.bytes).toBe(row?.counted)
}

/** Has an author change a comment of theirs, and publishes that. */
async function changed(made: { comment: { id: string }; token: string }, body: string) {
  const path = `/v1/sites/blog/comments/${made.comment.id}`
  await json(call('PATCH', path, { token: made.token, body: { body, revision: 1 } }))
  await screened(made.comment.id)
  return decided(made.comment.id, 'approve', { revision: 2 })
}

describe('What a site keeps for a time', () => {
  it('is kept for good unless it says otherwise, but for what became of messages', async () => {
    const email = `${word()}@mail.example`
    const made = await approved({ author: { name: 'Mika', email }, body: `As I said: ${word()}` })
    await changed(made, 'Another text')
    await json(
      asOperator('POST', `/v1/comments/${made.comment.id}/notes`, { id: crypto.randomUUID(), body: 'Noted' }),
      201,
    )
    await sweepAfter(3_000)
    expect(await places(email)).toContain('comments')
    expect((await history(made.comment.id)).revisions).toHaveLength(2)
    expect((await history(made.comment.id)).notes).toHaveLength(1)
  })

  it('as e-mail addresses is in no table any more then, nor found, and the comment stays', async () => {
    const email = `${word()}@mail.example`
    const { comment } = await approved({ author: { name: 'Mika', email } })
    await indexed()
    expect(await found(email)).toBe(1)
    expect(await indexedBy('qq@')).toBe(1)
    await set({ emailDays: 5 })
    await sweepAfter(4)
    expect(await places(email)).toEqual(['comments'])
    await sweepAfter(6)
    await indexed()
    expect(await places(email)).toEqual([])
    expect(await found(email)).toBe(0)
    expect(await indexedBy('qq@')).toBe(0)
    expect((await queue(`tab=all&ids=${comment.id}`)).items).toMatchObject([
      { author: { name: 'Mika', email: null } },
    ])
    await isCounted()
    expect(await env.DB.prepare('SELECT 1 FROM scrubbing').first()).not.toBeNull()
  })

  it('counts from a day after it was set, and for what was imported from when that was', async () => {
    const [native, old] = [`${word()}@mail.example`, `${word()}@mail.example`]
    await brought([imported({ author: { ...imported().author, email: old } })])
    await approved({ author: { name: 'Mika', email: native } })
    await env.DB.prepare('UPDATE comments SET created_at = created_at - ?')
      .bind(60 * day)
      .run()
    await set({ emailDays: 20 })
    await sweepAfter(0.9)
    expect(await places(native)).toEqual(['comments'])
    await sweepAfter(2)
    expect(await places(native)).toEqual([])
    expect(await places(old)).toEqual(['comments'])
    await sweepAfter(21)
    expect(await places(old)).toEqual([])
  })

  it('as former texts goes, what readers see does not, and no undo brings back what is gone', async () => {
    const [before, after, standing] = [word(), word(), word()]
    const made = await approved({ body: before })
    const { decisionId } = await changed(made, after)
    // Readers see the first text of this one, as its change waits.
    const other = await approved({ body: standing })
    const path = `/v1/sites/blog/comments/${other.comment.id}`
    await json(call('PATCH', path, { token: other.token, body: { body: 'Not yet', revision: 1 } }))
    await screened(other.comment.id)
    await set({ formerTextDays: 3 })
    await sweepAfter(2)
    expect(await places(before)).toContain('revisions')
    await sweepAfter(4)
    await indexed()
    expect(await places(before)).toEqual([])
    await isCounted()
    const seen = JSON.stringify(await thread())
    expect(seen).toContain(after)
    expect(seen).toContain(standing)
    expect((await undo(decisionId)).status).toBe(409)
    expect(JSON.stringify(await thread())).toContain(after)
  })

  it('keeps all texts of a comment as long as its author waits for an answer', async () => {
    const before = word()
    const made = await approved({ body: before })
    await changed(made, 'A later text')
    await decided(made.comment.id, 'reject', { revision: 2 })
    const appeal = `/v1/sites/blog/comments/${made.comment.id}/appeal`
    await json(call('POST', appeal, { token: made.token, body: { note: 'Please look' } }), 200)
    await set({ formerTextDays: 3, pendingDays: 3 })
    await sweepAfter(10)
    expect(await places(before)).toContain('revisions')
  })

  it('as notes and what became of messages goes, too', async () => {
    const [note, told, dead] = [word(), word(), word()]
    const { comment } = await approved()
    await json(
      asOperator('POST', `/v1/comments/${comment.id}/notes`, { id: crypto.randomUUID(), body: note }),
      201,
    )
    const columns =
      '(id, site_id, destination, act, details, recipient, attempts, answer, created_at, delivered_at)'
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO deliveries ${columns} VALUES (9001, 'blog', 'd', '', '{}', ?1, 1, '', ?2, ?2)`,
      ).bind(told, Date.now()),
      env.DB.prepare(
        `INSERT INTO outbox (destination, subject, site_id, created_at, next_at, dead_at, recipient)
         VALUES ('d', 'x', 'blog', ?2, ?2, ?2, ?1)`,
      ).bind(dead, Date.now()),
    ])
    await set({ noteDays: 8, deliveryDays: 8 })
    await sweepAfter(7)
    for (const text of [note, told, dead]) expect(await places(text)).toHaveLength(1)
    await sweepAfter(9)
    for (const text of [note, told, dead]) expect(await places(text)).toEqual([])
    expect((await queue(`tab=all&ids=${comment.id}`)).items[0]?.notes).toEqual({ comment: 0, author: 0 })
  })

  it('goes some at a time, so that a run costs the same however much there is', async () => {
    await approved({ author: { name: 'Mika', email: 'mika@mail.example' } })
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
       INSERT INTO comments (seq, id, site_id, thread_id, author_id, author_public_id, name, email, status, body, content,
         body_hash, request_hash, created_at, elapsed_ms, verdict)
       SELECT -i, i, site_id, thread_id, author_id, author_public_id, name, 'm' || i || '@mail.example', 'approved', '', '[]', '', '',
         created_at, 0, 'approve'
       FROM n JOIN (SELECT * FROM comments LIMIT 1)`,
    ).run()
    await set({ emailDays: 1, formerTextDays: 1, noteDays: 1 })
    const left = () => env.DB.prepare('SELECT count(*) AS n FROM comments WHERE email IS NOT NULL').first('n')
    for (const run of [1, 2]) {
      const { environment, count } = counting(losing)
      await sweepAfter(3, environment)
      expect(await left()).toBe(2_001 - 200 * run)
      expect(count.statements).toBeLessThanOrEqual(49)
      expect(count.read).toBeLessThan(200 * 15)
    }
  })

  it('is told beforehand: what goes, a day after a setting is saved', async () => {
    const texts = Array.from({ length: 3 }, word)
    for (const [at, body] of texts.entries()) {
      const made = await approved({ body, author: { name: 'Mika', email: `${at}@mail.example` } })
      if (at < 2) await changed(made, `Another ${at}`)
    }
    await brought([imported({ author: { ...imported().author, email: 'old@mail.example' } })])
    const spam = await posted()
    await screened(spam.comment.id)
    await decided(spam.comment.id, 'spam')
    await approved()
    const told = async (settings: Record<string, number>) =>
      (await json<RetentionPreview>(asOperator('POST', '/v1/sites/blog/retention-preview', { settings })))
        .items
    const some = (setting: string, removes: number) => ({ setting, removes, more: false })
    expect(await told({ emailDays: 3, formerTextDays: 3, spamDays: 3 })).toEqual([
      some('spamDays', 0),
      some('emailDays', 0),
      some('formerTextDays', 0),
    ])
    const older = ['comments.created_at', 'decisions.decided_at', 'revisions.replaced_at']
    for (const name of older) {
      const [table, column] = name.split('.')
      await env.DB.prepare(`UPDATE ${table} SET ${column} = ${column} - ?`)
        .bind(5 * day)
        .run()
    }
    const settings = { spamDays: 5, emailDays: 5, formerTextDays: 5, noteDays: 0 }
    expect(await told(settings)).toEqual([
      some('spamDays', 1),
      some('emailDays', 3),
      some('formerTextDays', 2),
      some('noteDays', 0),
    ])
    await set(settings)
    await sweepAfter(1)
    for (const text of texts.slice(0, 2)) expect(await places(text)).toEqual([])
    expect(
      await env.DB.prepare('SELECT count(*) AS n FROM comments WHERE email IS NOT NULL').first('n'),
    ).toBe(1)
    await json(asOperator('POST', '/v1/sites/blog/retention-preview', { settings: { maxLinks: 1 } }), 400)
  })

  it('says of a comment until when it and its parts are kept', async () => {
    await set({ emailDays: 10, formerTextDays: 20, noteDays: 40, spamDays: 30 })
    const made = await approved({ author: { name: 'Mika', email: 'mika@mail.example' } })
    await changed(made, 'Another text')
    const { id } = made.comment
    const noted = { id: crypto.randomUUID(), body: 'Noted' }
    await json(asOperator('POST', `/v1/comments/${id}/notes`, noted), 201)
    const days = async () => {
      const { keptUntil } = await history(id)
      return Object.fromEntries(
        Object.entries(keptUntil).map(([part, until]) => [
          part,
          until && Math.round((Date.parse(until) - Date.now()) / day),
        ]),
      )
    }
    expect(await days()).toEqual({ comment: null, email: 10, formerTexts: 20, notes: 40 })
    await decided(id, 'spam', { revision: 2 })
    expect(await days()).toMatchObject({ comment: 30 })
    await set({ emailDays: 0, formerTextDays: 0, noteDays: 0, spamDays: 0 })
    expect(await days()).toEqual({ comment: null, email: null, formerTexts: null, notes: null })
  })

  it('does not look at what was brought lately, however much that is', async () => {
    const { id } = await begun()
    for (let at = 0; at < 5; at++)
      await json(
        slice(
          id,
          Array.from({ length: 40 }, () =>
            imported({ status: 'spam', author: { ...imported().author, email: 'a@mail.example' } }),
          ),
        ),
      )
    await json(asOperator('PATCH', `/v1/imports/${id}`, { state: 'done' }))
    await posted()
    await set({ emailDays: 20 })
    await env.DB.prepare('UPDATE tallies SET expiry_at = 9e15').run()
    const { environment, count } = counting(losing)
    await sweepAfter(2, environment)
    expect(count.read).toBeLessThan(150)
  })
})
