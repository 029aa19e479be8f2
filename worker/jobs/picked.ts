import { hmac } from '../crypto.ts'
import type { Env, Job } from '../env.ts'
import { fromBase64 } from '../moderation/text/bytes.ts'

/**
 * Whether a comment is one of those whose automatic verdict a person checks: no client can tell or
 * choose, and no edit changes it.
 */
export async function picked(env: Env, { id }: Pick<Job, 'id'>, share: number) {
  const random = await hmac(env.TOKEN_SECRET, `audit ${id}`)
  const [high = 0, low = 0] = fromBase64(random.slice(0, 4).replaceAll('-', '+').replaceAll('_', '/'))
  return (high * 256 + low) / 65_536 < share
}
