import * as v from 'valibot'
import { isSigningSecret, signingSecret } from '../crypto.ts'
import { serviceAddress, shown } from '../outside/exchange.ts'
import { postJson } from '../outside/post.ts'
import { signedHeaders } from '../outside/signedWebhook.ts'
import type { Service } from './service.ts'

const config = v.strictObject({
  url: serviceAddress,
  secret: v.optional(v.pipe(v.string(), v.check(isSigningSecret, 'invalid')), signingSecret),
})

const answer = v.strictObject({
  outcome: v.picklist(['fine', 'doubtful', 'spam']),
  reason: v.optional(v.string(), ''),
})

/**
 * The site's own: any program behind an address. It is told all that a `Question` says, signed as
 * https://www.standardwebhooks.com has it, and answers `{ "outcome": "fine" | "doubtful" | "spam",
 * "reason"?: "…" }`.
 */
export const webhook: Service<v.InferOutput<typeof config>> = {
  config,
  target: ({ url }) => shown(url),

  async ask({ url, secret }, question, env) {
    const id = `msg_${crypto.randomUUID()}`
    const now = Date.now()
    const timestamp = new Date(now).toISOString()
    const body = JSON.stringify({ type: 'comment.screening', timestamp, data: question })
    const headers = await signedHeaders([secret], { id, body, now })
    return postJson(env, url, headers, body, answer)
  },
}
