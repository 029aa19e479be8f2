import * as v from 'valibot'
import { accessKey, type Reach, serviceAddress, Unavailable } from '../outside/exchange.ts'
import { postJson } from '../outside/post.ts'

/** What a site's owner has to say to have Turnstile asked. */
export const turnstileConfig = v.strictObject({
  secret: accessKey,
  endpoint: v.optional(serviceAddress, 'https://challenges.cloudflare.com/turnstile/v0/siteverify'),
})
export type TurnstileConfig = v.InferOutput<typeof turnstileConfig>

const answer = v.object({
  success: v.boolean(),
  'error-codes': v.optional(v.array(v.string()), []),
})

/** What is the token's fault; any other error is the site's or Turnstile's own, and says nothing of the reader. */
const refusals = ['missing-input-response', 'invalid-input-response', 'timeout-or-duplicate']

/**
 * Asks Turnstile about a token: https://developers.cloudflare.com/turnstile/get-started/server-side-validation/.
 * It is not told the reader's address. A token serves once, but may be asked about again for the same comment.
 *
 * @throws Unavailable when it cannot tell
 */
export async function isPerson(
  reach: Reach,
  { secret, endpoint }: TurnstileConfig,
  token: string,
  commentId: string,
): Promise<boolean> {
  const body = JSON.stringify({ secret, response: token, idempotency_key: commentId })
  const { success, 'error-codes': errors } = await postJson(reach, endpoint, {}, body, answer)
  const foreign = success ? undefined : errors.find((code) => !refusals.includes(code))
  if (foreign) throw new Unavailable(`answered ${foreign.slice(0, 50)}`)
  return success
}
