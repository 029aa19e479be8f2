import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import type { NewComment } from '../../../worker/contract/comment.ts'
import { ApiError } from '../../common/api.ts'
import { call, type Model, tell } from '../model/model.ts'

/**
 * Proves to a site that asks for it that a person writes, and tells the reader so meanwhile. The work is done
 * off the page's thread by the browser's own cryptography, and in short slices where an insecure origin has none.
 *
 * @returns what `NewComment.proof` takes; it serves for this comment only, for some minutes
 * @throws ApiError with status 0 when it could not be begun, `proof_needed` when it came to nothing
 */
export async function prove(model: Model, { id }: NewComment): Promise<string> {
  tell(model, model.say('proving'))
  const proof = model.thread?.proof
  if (proof?.kind === 'turnstile') {
    const { askTurnstile } = await import('./turnstile.ts')
    return askTurnstile(model, proof.siteKey)
  }
  const { challenge } = await call<{ challenge: Challenge }>(model, 'POST', 'challenges', { id })
  const solution = await solveChallenge({
    challenge,
    deriveKey: crypto.subtle ? deriveKey : (await import('./pbkdf2.ts')).deriveKey,
  })
  if (!solution) throw new ApiError(403, { code: 'proof_needed', message: 'The work took too long.' })
  return JSON.stringify({ challenge, solution })
}
