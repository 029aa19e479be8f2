import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import type { NewComment } from '../../../../worker/contract/comment.ts'
import { ApiError } from '../../../common/api.ts'
import { loadWriting } from '../../model/loading.ts'
import { announce, type Model } from '../../model/model.ts'

/**
 * Proves to a site that asks for it that a person writes, and tells the reader so meanwhile. The work is done
 * off the page's thread by the browser's own cryptography, and in short slices where an insecure origin has none.
 *
 * @returns what `NewComment.proof` takes; it serves for this comment only, for some minutes
 * @throws ApiError with status 0 when it could not be begun, `proof_needed` when it came to nothing
 */
export async function prove(model: Model, { id }: NewComment): Promise<string> {
  announce(model, model.say('proving'))
  const proof = model.thread?.proof
  if (proof?.kind === 'turnstile') {
    const { askTurnstile } = await model.load('turnstile')
    return askTurnstile(model, proof.siteKey)
  }
  const { callSite } = await loadWriting(model)
  const { challenge } = await callSite<{ challenge: Challenge }>(model, 'POST', 'challenges', { id })
  const solution = await solveChallenge({
    challenge,
    deriveKey: crypto.subtle ? deriveKey : (await model.load('pbkdf2')).deriveKey,
  })
  if (!solution) throw new ApiError(403, { code: 'proof_needed', message: 'The work took too long.' })
  return JSON.stringify({ challenge, solution })
}
