import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { Comment, NewComment, Posted } from '../../worker/contract/comment.ts'
import type { Action } from '../../worker/contract/decisions.ts'
import type { QueuePage } from '../../worker/contract/queue.ts'
import type { ThreadPage } from '../../worker/contract/thread.ts'
import type { Env } from '../../worker/env.ts'
import { expectDocumented } from './documented.ts'
import { eventually, fetchIn } from './jobs.ts'

/** The product as its clients meet it: HTTP in, HTTP out. Every answer must be as the API's description says. */
export const host = 'https://hankyo.example'
export const pageOrigin = 'https://blog.example'
const operator = { authorization: `Bearer ${env.OPERATOR_KEY}` }

interface Call {
  body?: unknown
  headers?: Record<string, string>
  token?: string
  origin?: string | null
}

export async function call(method: string, path: string, call: Call = {}): Promise<Response> {
  const origin = call.origin === undefined ? pageOrigin : call.origin
  const { body } = call
  const headers = {
    ...(origin !== null && { origin }),
    ...(call.token && { authorization: `Bearer ${call.token}` }),
    'cf-connecting-ip': address(),
    ...call.headers,
  }
  const text = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream
  const answer = (await fetchIn(
    env as unknown as Env,
    new Request(`${host}${path}`, {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body: text ? (body as string) : JSON.stringify(body) }),
    }),
  )) as unknown as Response
  await expectDocumented(method, `${host}${path}`, answer)
  return answer
}

let addresses = 0
const address = () => {
  addresses++
  // Each in a network of its own, since these have limits, too.
  return `198.${18 + ((addresses >> 16) & 1)}.${addresses & 255}.${(addresses >> 8) & 255}`
}

export const asOperator = (method: string, path: string, body?: unknown) =>
  call(method, path, { body, headers: operator, origin: null })

/** The JSON of an answer that must have a status. */
export async function json<Data>(answer: Response | Promise<Response>, status = 200): Promise<Data> {
  const response = await answer
  const text = await response.text()
  expect(`${response.status} ${text}`).toMatch(new RegExp(`^${status} `))
  return JSON.parse(text)
}

/** A site to work with. Unless asked for, no verdict is left to a person by chance. */
export async function addSite(site: Record<string, unknown> = {}): Promise<void> {
  const settings = { auditShare: 0, ...(site.settings as object | undefined) }
  const body = { id: 'blog', name: 'Blog', origins: [pageOrigin], ...site, settings }
  await json(asOperator('POST', '/v1/sites', body), 201)
}

export const comment = (more: Partial<NewComment> = {}): NewComment => ({
  id: crypto.randomUUID(),
  key: '/post',
  url: `${pageOrigin}/post`,
  title: 'A post',
  author: { name: 'Mika' },
  body: `A thought on this, number ${Math.random()}.`,
  elapsedMs: 20_000,
  ...more,
})

export const post = (body: unknown, more: Call = {}, site = 'blog') =>
  call('POST', `/v1/sites/${site}/comments`, { body, ...more })

/** Posts a comment that must be accepted. */
export async function posted(
  more: Partial<NewComment> = {},
  options: Call = {},
  site = 'blog',
): Promise<Required<Posted>> {
  return json(post(comment(more), options, site), 202)
}

export const own = async (id: string, token: string, site = 'blog'): Promise<Comment> =>
  (await json<Posted>(call('GET', `/v1/sites/${site}/comments/${id}`, { token }))).comment

export const thread = (query = 'key=/post', site = 'blog') =>
  json<ThreadPage>(call('GET', `/v1/sites/${site}/thread?${query}`))

export const queue = (query = '') => json<QueuePage>(asOperator('GET', `/v1/queue?${query}`))

/** Waits until screening has looked at a comment. */
export const screened = (id: string) =>
  eventually(async () => {
    const [item] = (await queue(`tab=all&ids=${id}`)).items
    expect(item?.verdict).toBeTruthy()
    return item as NonNullable<typeof item>
  })

export const decide = (commentId: string, action: Action, more: Record<string, unknown> = {}) =>
  asOperator('POST', '/v1/decisions', [{ commentId, revision: 1, action, ...more }])

export async function decided(commentId: string, action: Action, more: Record<string, unknown> = {}) {
  const { results } = await json<{ results: { decisionId: string; status: string }[] }>(
    decide(commentId, action, more),
  )
  return results[0] as { decisionId: string; status: string }
}

/** Posts a comment and approves it. */
export async function approved(more: Partial<NewComment> = {}, options: Call = {}, site = 'blog') {
  const made = await posted(more, options, site)
  await decided(made.comment.id, 'approve')
  return made
}
