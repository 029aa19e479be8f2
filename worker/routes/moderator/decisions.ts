import * as v from 'valibot'
import type { Ctx } from '../../access/identity.ts'
import { actions, type DecisionResult, type DecisionResults, type Present } from '../../contract/decisions.ts'
import { errorStatus } from '../../contract/errors.ts'
import { limits } from '../../contract/limits.ts'
import { statuses } from '../../contract/status.ts'
import { publish } from '../../events/publish.ts'
import { count, line, parse, readJson, uuid } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { transition } from '../../moderation/transition.ts'
import { deliveries } from '../../notify/destinations.ts'
import * as subjects from '../../store/decidedComments.ts'
import * as decisions from '../../store/decisions.ts'
import { worldOf } from '../world.ts'

const schema = v.pipe(
  v.array(
    v.object({
      commentId: uuid,
      revision: count(1, Number.MAX_SAFE_INTEGER),
      action: v.picklist(actions),
      reason: v.nullish(line(limits.reason)),
      status: v.optional(v.picklist(statuses)),
    }),
  ),
  v.minLength(1, 'missing'),
  v.maxLength(limits.page, `too_long ${limits.page}`),
)

/** Until somebody else's decision has reached every dashboard. */
const noticeMs = 5000

type Request = v.InferOutput<typeof schema>[number]

/** `POST /v1/decisions`: decides comments one by one; each result tells what came of it. */
export async function postDecisions(c: Ctx): Promise<Response> {
  const receivedAt = c.get('receivedAt')
  const requests = parse(schema, await readJson(c.req.raw))
  const results: DecisionResult[] = []
  for (const request of requests) results.push(await decide(c, request, receivedAt))
  const failed = results.filter((result) => 'error' in result)
  const only = results.length === 1 ? failed[0] : undefined
  if (only) return c.json({ results, error: only.error }, errorStatus[only.error.code] as 404 | 409)
  return c.json({ results } satisfies DecisionResults, failed.length > 0 ? 207 : 200)
}

async function decide(c: Ctx, request: Request, receivedAt: number): Promise<DecisionResult> {
  const { commentId, action } = request
  const subject = await subjects.byId(c.env.DB, commentId)
  if (!subject || subject.erased) return failure(commentId, 'not_found')
  if (isStale(subject, request, c.get('moderator'), receivedAt))
    return failure(commentId, 'conflict', subject)
  const outcome = transition(subject, action)
  // What screening decided, a person can confirm: only that teaches, and vouches for the author.
  const stands = subject.decision?.byKind === 'screening' ? null : subject.decision
  const same = subject.status === outcome.status && subject.shownRevision === outcome.shownRevision
  // Who approves again what readers flagged keeps it: that answers them.
  if (stands && same && subject.flags === 0)
    return { commentId, decisionId: stands.id, status: subject.status, revision: subject.revision }
  const id = crypto.randomUUID()
  const decision = {
    id,
    action,
    actor: c.get('moderator'),
    reason: request.reason || null,
    at: Date.now(),
    outcome,
    deliveries,
  }
  const event = await decisions.record(c.env.DB, subject, decision)
  if (event) {
    publish(worldOf(c), [event])
    return { commentId, decisionId: id, status: outcome.status, revision: subject.revision }
  }
  return failure(commentId, 'conflict', await subjects.byId(c.env.DB, commentId))
}

/**
 * Whether a request was made on another state than the present one: another revision, another
 * status than the one seen, or a person's decision that whoever asks cannot have known of.
 */
function isStale(
  subject: subjects.Subject,
  request: Request,
  actor: subjects.Actor,
  receivedAt: number,
): boolean {
  if (subject.revision !== request.revision) return true
  const { decision } = subject
  // A decision that left the status as it was does not show in it.
  const unseen = decision !== null && subject.statusBefore === subject.status
  if (request.status !== undefined && (subject.status !== request.status || !unseen))
    return subject.status !== request.status
  if (decision?.byKind !== 'moderator' && decision?.byKind !== 'operator') return false
  const known = subject.decidedBy === actor.id ? 0 : noticeMs
  return Date.parse(decision.at) >= receivedAt - known
}

/** `DELETE /v1/decisions/:id`: undoes a decision that still stands. */
export async function deleteDecision(c: Ctx): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const subject = await subjects.ofDecision(c.env.DB, id)
  if (!subject) throw new Refusal('not_found')
  const present = presentOf(subject)
  const by = subject.decision?.byKind
  if (subject.decision?.id !== id || by === 'author') throw new Refusal('conflict', { more: { present } })
  const event = await decisions.undo(c.env.DB, subject, id, {
    actor: c.get('moderator'),
    at: Date.now(),
    deliveries,
  })
  if (!event) throw new Refusal('conflict', { more: { present } })
  publish(worldOf(c), [event])
  return c.json({
    commentId: subject.id,
    decisionId: id,
    status: event.to,
    revision: subject.revision,
  } satisfies DecisionResult)
}

function failure(
  commentId: string,
  code: 'not_found' | 'conflict',
  subject: subjects.Subject | null = null,
): DecisionResult {
  const { error } = new Refusal(code).body
  return { commentId, error, ...(subject && { present: presentOf(subject) }) }
}

const presentOf = ({ status, revision, decision }: subjects.Subject): Present => ({
  status,
  revision,
  decision,
})
