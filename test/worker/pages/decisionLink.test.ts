import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { signLink } from '../../../worker/access/signedLink.ts'
import type { AuditEntry } from '../../../worker/contract/auditLog.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Env } from '../../../worker/env.ts'
import { held, linkTo, open, press } from '../linked.ts'
import { addSite, asOperator, call, decided, json, own, posted, queue } from '../product.ts'
import { invite, signedIn } from '../staffed.ts'

beforeEach(() => addSite())

const person = (more = {}) => invite({ name: 'Mika', role: 'moderator', sites: ['blog'], ...more })
const item = async (id: string) => (await queue(`tab=all&ids=${id}`)).items[0]
const statusOf = async (id: string) => (await item(id))?.status
const log = async () => (await json<Page<AuditEntry>>(asOperator('GET', '/v1/audit-log'))).items

/** What the button that takes a decision back sends. */
const undoOn = (html: string) => ({
  action: 'undo',
  decision: /name="decision" value="([^"]+)"/.exec(html)?.[1] ?? '',
})

/** The words of a page, and its status. */
async function page(answer: Promise<Response>) {
  const response = await answer
  const html = await response.text()
  return { status: response.status, html, headers: response.headers }
}

describe('A link in a message', () => {
  it('shows the comment as readers would see it, why it waits, and what can be done', async () => {
    const { id } = await person()
    const { comment } = await held('**Hello** <script>alert(1)</script> <https://other.example/>')
    const { html, status, headers } = await page(open(await linkTo(comment.id, id)))
    expect(status).toBe(200)
    expect(html).toContain('<strong>Hello</strong> &lt;script>')
    expect(html).toContain('rel="nofollow ugc noopener"')
    expect(html).toContain('By Mika')
    expect(html).toContain('<a href="https://blog.example/post"><bdi>A post</bdi></a>')
    expect(html).toContain('This site checks every comment')
    expect(html).toContain('You decide as Mika')
    const buttons = [...html.matchAll(/<button[^>]*value="(\w+)"/g)].map(([, value]) => value)
    expect(buttons).toEqual(['approve', 'spam', 'reject'])
    expect(html).toContain('<option value="off_topic">Off topic</option>')
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none';.*form-action 'self'; frame-ancestors 'none'$/,
      ),
    })
    expect(html).not.toMatch(/<script|http-equiv|mika@/)
  })

  it('decides by its form alone: whoever looks at links in advance changes nothing', async () => {
    const { id } = await person()
    const { comment } = await held()
    const path = await linkTo(comment.id, id)
    for (const method of ['GET', 'HEAD', 'GET'])
      expect((await call(method, path, { origin: null })).status).toBe(200)
    expect((await call('GET', `${path}?action=approve`, { origin: null })).status).toBe(200)
    expect((await call('PUT', path, { body: 'action=approve' })).status).toBe(405)
    expect(await statusOf(comment.id)).toBe('pending')
    const answer = await press(path, { action: 'approve', status: 'pending' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `.${path.slice(2)}`])
    expect(await statusOf(comment.id)).toBe('approved')
  })

  it('decides as its person, and the log says so; they can take it back from the page', async () => {
    const { id } = await person()
    const made = await held()
    const path = await linkTo(made.comment.id, id)
    await press(path, { action: 'reject', reason: 'off_topic', status: 'pending' })
    expect((await own(made.comment.id, made.token)).own).toMatchObject({
      status: 'rejected',
      reason: 'off_topic',
    })
    const done = await page(open(path))
    expect(done.html).toContain('Rejected by Mika')
    expect(done.html).toContain('value="undo"')
    expect(done.html).not.toContain('value="approve"')
    expect((await press(path, undoOn(done.html))).status).toBe(303)
    expect(await statusOf(made.comment.id)).toBe('pending')
    expect((await page(open(path))).html).toContain('value="approve"')
    expect((await log()).slice(0, 2).map(({ act, actor }) => [act, actor.kind, actor.name])).toEqual([
      ['comment.undo', 'moderator', 'Mika'],
      ['comment.reject', 'moderator', 'Mika'],
    ])
  })

  it('takes back the decision that its page shows, and none that came after it', async () => {
    const { id } = await person()
    const { comment } = await held()
    const path = await linkTo(comment.id, id)
    await press(path, { action: 'reject', status: 'pending' })
    const shown = undoOn((await page(open(path))).html)
    await press(path, shown)
    await press(path, { action: 'approve', status: 'pending' })
    for (const fields of [shown, { action: 'undo' }])
      expect(await page(press(path, fields))).toMatchObject({
        status: 409,
        html: expect.stringContaining('By now it is approved; nothing changed.'),
      })
    expect(await statusOf(comment.id)).toBe('approved')
    expect((await press(path, undoOn((await page(open(path))).html))).status).toBe(303)
    expect(await statusOf(comment.id)).toBe('pending')
  })

  it('tells of reports and appeals, and has them answered', async () => {
    const { id } = await person()
    const refused = await held()
    await decided(refused.comment.id, 'reject')
    const note = 'Please look <b>again</b>.'
    await json(
      call('POST', `/v1/sites/blog/comments/${refused.comment.id}/appeal`, {
        token: refused.token,
        body: { note },
      }),
    )
    const appeal = await linkTo(refused.comment.id, id)
    expect((await page(open(appeal))).html).toContain('Please look &lt;b>again&lt;/b>.')
    await press(appeal, { action: 'approve' })
    expect(await item(refused.comment.id)).toMatchObject({
      status: 'approved',
      appealed: { state: 'overturned' },
    })

    const shown = await held()
    await decided(shown.comment.id, 'approve')
    const report = { reason: 'illegal', note: 'Look at <i>this</i>.' }
    await call('POST', `/v1/sites/blog/comments/${shown.comment.id}/flags`, {
      token: crypto.randomUUID(),
      body: report,
    })
    const flagged = await linkTo(shown.comment.id, id)
    const { html } = await page(open(flagged))
    expect(html).toContain('against the law 1')
    expect(html).toContain('Look at &lt;i>this&lt;/i>.')
    expect(html).toContain('>Keep</button>')
    await press(flagged, { action: 'approve' })
    expect((await item(shown.comment.id))?.flags).toBe(null)
  })

  it('speaks the language of its person, in the reasons of the site', async () => {
    const { id, ask } = await signedIn('Mika', 'moderator', ['blog'])
    await json(ask('PATCH', '/v1/session', { locale: 'ja', timeZone: 'Asia/Tokyo' }))
    const reasons = [{ code: 'own_00000001', texts: { ja: '話題と違います', en: 'Off the point' } }]
    await json(asOperator('PUT', '/v1/sites/blog/reasons', { reasons }))
    const { comment } = await held()
    const { html } = await page(open(await linkTo(comment.id, id), { 'accept-language': 'de' }))
    expect(html).toContain('<html lang="ja" dir="ltr">')
    expect(html).toContain('<option value="own_00000001">話題と違います</option>')
    await json(ask('PATCH', '/v1/session', { locale: 'ar' }))
    expect((await page(open(await linkTo(comment.id, id)))).html).toContain('<html lang="ar" dir="rtl">')
  })
})

describe('A link does nothing, and says why,', () => {
  /** A comment that waits, and whose link it is; what is done to either is said by each case. */
  type Case = [
    string,
    (made: Awaited<ReturnType<typeof held>>, staffId: string, path: string) => Promise<string | undefined>,
    number,
    RegExp,
  ]
  const forged: Case[2] = 404
  const incomplete = /incomplete or was changed/
  const mended = (path: string, change: (token: string) => string) => `/m/${change(path.slice(3))}`
  const secrets = env as unknown as Env

  it.each<Case>([
    ['cut short', async (_, __, path) => path.slice(0, -1), forged, incomplete],
    ['with another end', async (_, __, path) => `${path.slice(0, -43)}${'A'.repeat(43)}`, forged, incomplete],
    [
      'for another comment',
      async (_, __, path) => mended(path, (token) => token.replace(/~[^~]{36}~/, `~${crypto.randomUUID()}~`)),
      forged,
      incomplete,
    ],
    [
      'in another’s name',
      async ({ comment }, id, path) => mended(path, (token) => token.replace(id, comment.id)),
      forged,
      incomplete,
    ],
    [
      'of another revision',
      async (_, __, path) => mended(path, (token) => token.replace('~1~', '~2~')),
      forged,
      incomplete,
    ],
    [
      'that lasts longer',
      async (_, __, path) => mended(path, (token) => token.replace(/~[^~]+~([^~]+)$/, '~zzzzzz~$1')),
      forged,
      incomplete,
    ],
    [
      'that was signed for something else',
      async ({ comment }, id) => {
        const parts = [id, comment.id, '1']
        return `/m/${await signLink(secrets, 'staff address', { parts, expiresAt: Date.now() + 1e6 })}`
      },
      forged,
      incomplete,
    ],
    [
      'that was signed with another secret',
      async ({ comment }, id) => {
        const parts = [id, comment.id, '1']
        const other = { TOKEN_SECRET: 'x'.repeat(40) }
        return `/m/${await signLink(other, 'decide', { parts, expiresAt: Date.now() + 1e6 })}`
      },
      forged,
      incomplete,
    ],
    ['that is none', async () => '/m/%F0%9F%98%80', forged, incomplete],
    [
      'once it has ended',
      ({ comment }, id) => linkTo(comment.id, id, { expiresAt: Date.now() - 1000 }),
      410,
      /has ended. Links in messages hold for 7 days/,
    ],
    [
      'once its person was removed',
      async (_, id) => {
        expect((await asOperator('DELETE', `/v1/staff/${id}`)).status).toBe(204)
        return undefined
      },
      403,
      /Your account was removed/,
    ],
    [
      'once the site is not theirs any more',
      async (_, id) => {
        await json(asOperator('PATCH', `/v1/staff/${id}`, { sites: ['other'] }))
        return undefined
      },
      403,
      /no role on this site/,
    ],
    [
      'of another site',
      async (_, id) => {
        const elsewhere = await posted(
          { url: 'https://other.example/post' },
          { origin: 'https://other.example' },
          'other',
        )
        return linkTo(elsewhere.comment.id, id)
      },
      403,
      /no role on this site/,
    ],
    ['to what is not there', (_, id) => linkTo(crypto.randomUUID(), id), 410, /not there any more/],
    [
      'once its author edited it',
      async ({ comment, token }) => {
        const change = { body: 'Other words, and worse.', revision: 1 }
        await json(call('PATCH', `/v1/sites/blog/comments/${comment.id}`, { token, body: change }))
        return undefined
      },
      409,
      /was changed after the message was sent/,
    ],
  ])('%s', async (_, change, status, words) => {
    await addSite({ id: 'other', name: 'Other', origins: ['https://other.example'] })
    const { id } = await person()
    const made = await held()
    const whole = await linkTo(made.comment.id, id)
    const path = (await change(made, id, whole)) ?? whole
    const before = (await log()).length
    for (const answer of [page(open(path)), page(press(path, { action: 'approve', status: 'pending' }))]) {
      const { status: told, html } = await answer
      expect(`${told} ${html}`).toMatch(new RegExp(`^${status} .*${words.source}`, 's'))
      expect(html).not.toContain('value="approve"')
    }
    expect(await statusOf(made.comment.id)).toBe('pending')
    expect((await log()).length).toBe(before)
  })

  it('once somebody else has decided', async () => {
    const { id } = await person()
    const { comment } = await held()
    const path = await linkTo(comment.id, id)
    await decided(comment.id, 'spam')
    const seen = await page(open(path))
    expect([seen.status, seen.html]).toEqual([200, expect.stringContaining('Marked as spam by the operator')])
    const asked: Record<string, string>[] = [
      { action: 'approve', status: 'pending' },
      { action: 'approve' },
      { action: 'undo' },
    ]
    for (const fields of asked) {
      const { status, html } = await page(press(path, fields))
      expect([status, html]).toEqual([409, expect.stringContaining('By now it is spam; nothing changed.')])
      expect(html).not.toMatch(/value="(approve|undo)"/)
    }
    expect(await statusOf(comment.id)).toBe('spam')
  })

  it('when it is sent again', async () => {
    const { id } = await person()
    const { comment } = await held()
    const path = await linkTo(comment.id, id)
    const approve = { action: 'approve', status: 'pending' }
    await press(path, approve)
    const [entry] = await log()
    expect((await press(path, approve)).status).toBe(409)
    expect((await press(path, { action: 'spam', status: 'pending' })).status).toBe(409)
    expect((await log())[0]?.id).toBe(entry?.id)
    expect(await statusOf(comment.id)).toBe('approved')
  })

  it.each([
    ['without an act', {}],
    ['with an act there is none of', { action: 'delete' }],
    ['with a reason that the site has not', { action: 'reject', reason: 'own_deadbeef' }],
  ])('%s', async (_, fields) => {
    const { id } = await person()
    const { comment } = await held()
    expect((await press(await linkTo(comment.id, id), fields)).status).toBe(400)
    expect(await statusOf(comment.id)).toBe('pending')
  })
})
