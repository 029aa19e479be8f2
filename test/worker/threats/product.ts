import { env } from 'cloudflare:workers'
import { addSite, call, host, pageOrigin, posted } from '../product.ts'

export type Options = Parameters<typeof call>[2]

export const other = 'https://other.example'
export const base = '/v1/sites/blog'
export const token = 'r'.repeat(43)
export const operator = { authorization: `Bearer ${env.OPERATOR_KEY}` }

/** The site `blog` of most tests, and a neighbour. */
export async function addSites(): Promise<void> {
  await addSite()
  await addSite({ id: 'other', origins: [other] })
}

/** All of an answer that a client can see. */
export async function seen(method: string, path: string, options: Options = {}) {
  const answer = await call(method, path, options)
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
}

/** What differs from one form to the next: the id of the comment to be, and the time. */
export const settled = (html: string) =>
  html.replace(/(name="id" value=")[\w-]{36}/g, '$1ID').replace(/(name="since" value=")\d+/g, '$1TIME')

export const stored = async () =>
  (await env.DB.prepare('SELECT count(*) AS n FROM comments').first<{ n: number }>())?.n

export const form = (fields: Record<string, string>, origin = host) =>
  call('POST', '/t/blog', { body: new URLSearchParams(fields).toString(), origin })
export const written = (id: string, more: Record<string, string> = {}) => ({
  ...{
    id,
    key: '/post',
    lang: 'en',
    page: `${pageOrigin}/post`,
    title: 'A post',
    name: 'Aiko',
    body: 'By a form',
  },
  ...more,
})

/** Every read that needs no credentials, of a thread with this key. */
export const reads = (key: string) => [
  `${base}/thread?key=${key}`,
  `${base}/thread?key=${key}&sort=newest`,
  `${base}/thread?key=${key}&sort=top`,
  `${base}/thread?key=${key}&since=0`,
  `${base}/thread.html?key=${key}`,
  `${base}/thread.html?key=${key}&sort=top&lang=ja&heading=3`,
  `${base}/counts?key=${key}&key=/none`,
  `${base}/feed.atom`,
  `${base}/feed.json`,
  `${base}/feed.atom?key=${key}`,
  `${base}/feed.json?key=${key}`,
  `/t/blog?key=${key}`,
  `/t/blog?key=${key}&sort=newest`,
  '/v1/health',
]

/** Every route that takes a body, for somebody who may send one. */
export async function bodied(): Promise<
  { name: string; path: string; method: string; options: Options; limit: number }[]
> {
  const { comment: mine, token: right } = await posted()
  const author = { token: right }
  const staff = { headers: operator, origin: null }
  const routes: [string, string, Options][] = [
    ['POST', `${base}/comments`, {}],
    ['POST', `${base}/challenges`, {}],
    ['PATCH', `${base}/comments/${mine.id}`, author],
    ['POST', `${base}/comments/${mine.id}/appeal`, author],
    ['POST', `${base}/comments/${mine.id}/flags`, { token }],
    ['POST', '/t/blog', { origin: host }],
    ['POST', '/v1/session', { origin: host }],
    ['POST', '/v1/decisions', staff],
    ['POST', '/v1/bans', staff],
    ['POST', '/v1/sites', staff],
    ['PATCH', '/v1/sites/blog', staff],
    ['PUT', '/v1/sites/blog/screeners/webhook', staff],
    ['PUT', '/v1/sites/blog/turnstile', staff],
    ['PUT', `/v1/authors/${mine.author.id}/badge`, staff],
    ['POST', '/v1/tokens', staff],
    ['POST', '/v1/sign-in-links', staff],
    ['POST', '/v1/sites/blog/policy-preview', staff],
    ['PUT', '/v1/sites/blog/word-lists/hold', staff],
  ]
  return routes.map(([method, path, options]) => ({
    name: `${method} ${path}`,
    path,
    method,
    options,
    limit: /policy-preview|word-lists/.test(path) ? 1_048_576 : 262_144,
  }))
}
/** Those that take none, whatever is sent. */
export const bodiless = (id: string): [string, string, Options][] => [
  ['PUT', `${base}/comments/${id}/like`, { token }],
  ['DELETE', `${base}/comments/${id}/like`, { token }],
  ['DELETE', `${base}/comments/${id}`, { token }],
  ['PUT', `/v1/comments/${id}/pin`, { headers: operator }],
  ['POST', '/v1/threads/1/closure', { headers: operator }],
  ['POST', '/v1/threads/1/check', { headers: operator }],
  ['DELETE', '/v1/session', { origin: host }],
]
