import { hmac } from '../crypto.ts'
import type { Env, Job } from '../env.ts'
import { fromBase64 } from '../moderation/text/bytes.ts'

/**
 * A number of a comment from 0 to below 1 that says whether a person checks its automatic verdict: no client can tell
 * or choose it, and no edit changes it.
 */
export async function chanceOf(env: Env, { id }: Pick<Job, 'id'>): Promise<number> {
  const random = await hmac(env.TOKEN_SECRET, `audit ${id}`)
  const [high = 0, low = 0] = fromBase64(random.slice(0, 4).replaceAll('-', '+').replaceAll('_', '/'))
  return (high * 256 + low) / 65_536
}
