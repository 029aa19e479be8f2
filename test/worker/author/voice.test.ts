import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Comment } from '../../../worker/contract/comment.ts'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import type { GivenVoice, StaffComment, TakenVoice } from '../../../worker/contract/voices.ts'
import { addSite, approved, asOperator, call, host, json, pageOrigin, thread } from '../product.ts'

beforeEach(() => addSite())

/** A member of staff who is signed in. */
async function signIn(name = 'Hana Mori') {
  const { token } = await json<{ token: string }>(asOperator('POST', '/v1/sign-in-links', { name }), 201)
  const answer = await call('POST', '/v1/session', { body: { token }, origin: host })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return (method: string, path: string, body?: unknown) =>
    call(method, path, { body, headers: { cookie }, origin: host })
}

const voice = '/v1/sites/blog/voice'
const take = (code: string, origin = pageOrigin) => call('POST', voice, { body: { code }, origin })

/** A token of theirs, as a page of the site is given it. */
async function speaking(staff: Awaited<ReturnType<typeof signIn>>) {
  const { code } = await json<GivenVoice>(staff('POST', '/v1/sites/blog/voices'), 201)
  return json<TakenVoice>(take(code), 201)
}

const post = (token: string, more: Partial<StaffComment> = {}, path = voice) =>
  call('POST', `${path}/comments`, {
    token,
    body: {
      ...{ id: crypto.randomUUID(), key: '/post', url: `${pageOrigin}/post`, title: 'A post' },
      ...{ body: 'From the desk.', ...more },
    },
  })

describe('Staff on the pages of a site', () => {
  it('write as themselves, at once, also where nobody wrote before', async () => {
    const { token, name, badge } = await speaking(await signIn())
    expect({ name, badge }).toEqual({ name: 'Hana Mori', badge: 'Editors' })
    const { comment } = await json<{ comment: Comment }>(post(token), 201)
    await json(post(token, { parentId: comment.id, body: 'And below it.' }), 201)
    const { items } = await thread()
    expect(items.map(({ author }) => [author.name, author.badge])).toEqual([
      ['Hana Mori', 'Editors'],
      ['Hana Mori', 'Editors'],
    ])
    expect(items[1]?.parentId).toBe(comment.id)
  })

  it('answer readers, and send the same again without harm', async () => {
    const reader = await approved()
    const { token } = await speaking(await signIn())
    const more = { id: crypto.randomUUID(), parentId: reader.comment.id }
    const { comment } = await json<{ comment: Comment }>(post(token, more), 201)
    expect((await json<{ comment: Comment }>(post(token, more))).comment.id).toBe(comment.id)
    await json(post(token, { ...more, body: 'Else.' }), 409)
    await json(post(token, { parentId: crypto.randomUUID() }), 422)
    expect((await thread()).items).toHaveLength(2)
  })

  it('take a code once, from a page of that site alone', async () => {
    await addSite({ id: 'other', name: 'Other', origins: ['https://other.example'] })
    const staff = await signIn()
    const { code } = await json<GivenVoice>(staff('POST', '/v1/sites/blog/voices'), 201)
    await json(take(code, 'https://evil.example'), 403)
    await json(
      call('POST', '/v1/sites/other/voice', { body: { code }, origin: 'https://other.example' }),
      401,
    )
    await json(take('a'.repeat(43)), 401)
    await json(take(code), 201)
    await json(take(code), 401)
  })

  it('can do nothing else by the token, on no other site', async () => {
    await addSite({ id: 'other', name: 'Other' })
    const { comment } = await approved()
    const { token } = await speaking(await signIn())
    await json(post(token, {}, '/v1/sites/other/voice'), 401)
    await json(post(token, { url: 'https://evil.example/post' }), 403)
    const asked = [
      ['GET', '/v1/queue'],
      ['GET', '/v1/audit-log'],
      ['POST', `/v1/comments/${comment.id}/replies`],
      ['POST', '/v1/sites/blog/voices'],
    ]
    for (const [method = '', path = ''] of asked)
      expect(
        (await call(method, path, { token, origin: null, ...(method === 'POST' && { body: {} }) })).status,
      ).toBe(401)
  })

  it('stop by a word, and with the session that it was made in', async () => {
    const staff = await signIn()
    const [one, other] = [await speaking(staff), await speaking(staff)]
    expect((await call('DELETE', voice, { token: one.token })).status).toBe(204)
    await json(post(one.token), 401)
    await json(post(other.token), 201)
    await staff('DELETE', '/v1/session')
    await json(post(other.token), 401)
  })

  it('write nothing where the site is archived, and make no thread there', async () => {
    const { token } = await speaking(await signIn())
    await json(asOperator('POST', '/v1/sites/blog/archive'))
    const refused = await json<ErrorBody>(post(token, { key: '/never' }), 403)
    expect(refused.error.code).toBe('thread_closed')
    expect(await env.DB.prepare('SELECT 1 FROM threads').first()).toBeNull()
    await json(asOperator('DELETE', '/v1/sites/blog/archive'))
    await json(post(token), 201)
  })

  it('are people who are signed in, and no scripts', async () => {
    await json(asOperator('POST', '/v1/sites/blog/voices'), 403)
  })
})
