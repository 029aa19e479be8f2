import type { Ctx } from '../../access/identity.ts'
import { moderate } from '../../commands/moderate.ts'
import { undoDecision } from '../../commands/undoDecision.ts'
import { type DecisionResult, type DecisionResults, decisionRequests } from '../../contract/decisions.ts'
import { errorStatus } from '../../contract/errors.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/decisions`: decides comments; each result tells what came of it. */
export async function postDecisions(c: Ctx): Promise<Response> {
  const by = { actor: c.get('moderator'), receivedAt: c.get('receivedAt') }
  const requests = parse(decisionRequests, await readJson(c.req.raw))
  const results = await moderate(worldOf(c), by, requests)
  const failed = results.filter((result) => 'error' in result)
  const only = results.length === 1 ? failed[0] : undefined
  if (only) return c.json({ results, error: only.error }, errorStatus[only.error.code] as 404 | 409)
  return c.json({ results } satisfies DecisionResults, failed.length > 0 ? 207 : 200)
}

/** `DELETE /v1/decisions/:id`: undoes a decision that still stands. */
export async function deleteDecision(c: Ctx): Promise<Response> {
  const decisionId = c.req.param('id') ?? ''
  const { commentId, to, revision } = await undoDecision(worldOf(c), {
    decisionId,
    actor: c.get('moderator'),
  })
  return c.json({ commentId, decisionId, status: to, revision } satisfies DecisionResult)
}
