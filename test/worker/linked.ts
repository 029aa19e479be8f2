import { env } from 'cloudflare:workers'
import { type DecisionLink, decisionPath } from '../../worker/access/decisionLink.ts'
import type { Env } from '../../worker/env.ts'
import { call, posted, screened } from './product.ts'

const day = 86_400_000

/** The path of a link by which somebody decides a comment. */
export const linkTo = (commentId: string, staffId: string, more: Partial<DecisionLink> = {}) =>
  decisionPath(env as unknown as Env, {
    ...{ commentId, staffId, revision: 1, expiresAt: Date.now() + 7 * day },
    ...more,
  })

/** Opens a page that a message leads to, as a browser does that knows nobody. */
export const open = (path: string, headers: Record<string, string> = {}) =>
  call('GET', path, { origin: null, headers })

/** Sends a form of such a page. Under its policy a browser names no origin. */
export const press = (path: string, fields: Record<string, string>) =>
  call('POST', path, {
    body: String(new URLSearchParams(fields)),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    origin: 'null',
  })

/** A comment that waits. */
export async function held(body = `A thought ${crypto.randomUUID()}`) {
  const made = await posted({ body })
  await screened(made.comment.id)
  return made
}
