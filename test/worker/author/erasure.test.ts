import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, inject, it } from 'vitest'
import type { NewComment } from '../../../worker/contract/comment.ts'
import { purge } from '../../../worker/store/retention.ts'
import { losing, sweepAt } from '../jobs.ts'
import { addSite, approved, asOperator, call, decided, json, own, posted, screened } from '../product.ts'
import { log, study } from '../school.ts'

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

/** Every place in the database, as `table.column`, that holds one of some words in whatever case. */
async function places(words: string[]): Promise<string[]> {
  const { results: tables } = await env.DB.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  ).all<{ name: string }>()
  const found = new Set<string>()
  for (const { name } of tables) {
    const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all()
    for (const row of results)
      for (const [column, value] of Object.entries(row))
        for (const word of words)
          if (String(value).toLowerCase().includes(word.toLowerCase()))
            found.add(`${name}.${column}: ${word}`)
  }
  return [...found].sort()
}

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
    expect((await env.DB.prepare('SELECT * FROM lessons').all()).results).toHaveLength(3)
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
