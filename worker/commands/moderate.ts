import type { InferOutput } from 'valibot'
import { may, type Powers } from '../access/permissions.ts'
import { type DecisionResult, type decisionRequests, isPerson, type Present } from '../contract/decisions.ts'
import type { Env } from '../env.ts'
import { Refusal } from '../http/refusal.ts'
import { hasEarlierText, transition } from '../moderation/transition.ts'
import { everyDatabase } from '../store/database.ts'
import * as subjects from '../store/decidedComments.ts'
import { decide, type Ruling } from './decide.ts'
import { givenReason } from './givenReason.ts'
import type { World } from './world.ts'

type Request = InferOutput<typeof decisionRequests>[number]

/** Who decides, and when their request came: what happened since they cannot know. */
interface By {
  actor: subjects.Actor & Powers
  /** Milliseconds since the epoch. */
  receivedAt: number
}

/** Until somebody else's decision has reached every dashboard. */
const noticeMs = 5000

/**
 * A moderator's decisions, one for each request; each result tells what came of it. However many they are, they take
 * a round trip to find the comments and one to decide them.
 */
export async function moderate(world: World, by: By, requests: Request[]): Promise<DecisionResult[]> {
  const results = new Map<Request, DecisionResult>()
  // Several decisions of one comment are taken one after the other.
  for (let left = requests; left.length > 0; ) {
    const firsts = new Map(left.toReversed().map((request) => [request.commentId, request]))
    const wave = left.filter((request) => firsts.get(request.commentId) === request)
    for (const [request, result] of await decideOnce(world, by, wave)) results.set(request, result)
    left = left.filter((request) => !results.has(request))
  }
  return requests.map((request) => results.get(request) as DecisionResult)
}

/** Decides comments of which no two are the same. */
async function decideOnce(world: World, by: By, requests: Request[]): Promise<Map<Request, DecisionResult>> {
  const found = await find(world.env, requests)
  const results = new Map<Request, DecisionResult>()
  const rulings = new Map<Request, Ruling>()
  for (const request of requests) {
    const subject = found.get(request.commentId)
    if (!subject || !may(by.actor, 'comments.decide', subject.siteId)) {
      results.set(request, failure(request, 'not_found'))
      continue
    }
    const settled = settledBefore(subject, request, by)
    if (settled) results.set(request, settled)
    else
      rulings.set(request, {
        subject,
        action: request.action,
        reason: null,
        answer: request.answer || null,
      })
  }
  await Promise.all(
    Array.from(rulings, async ([request, ruling]) => {
      ruling.reason = await givenReason(world, request.reason, [ruling.subject.siteId])
    }),
  )
  const taken = await decide(world, by.actor, [...rulings.values()])
  const lost = new Map<Request, string>()
  for (const [index, request] of [...rulings.keys()].entries()) {
    const { id, event } = taken[index] as (typeof taken)[number]
    if (event) results.set(request, success(request, { id, status: event.to }))
    else lost.set(request, id)
  }
  const present = lost.size > 0 ? await find(world.env, [...lost.keys()]) : new Map()
  for (const [request, id] of lost) {
    const subject: subjects.Subject | undefined = present.get(request.commentId)
    // What the database said it could not write may be written all the same.
    const isWritten = subject?.decision?.id === id
    const agreed = subject && agreement(subject, request)
    results.set(
      request,
      isWritten
        ? success(request, { id, status: subject.status })
        : (agreed ?? failure(request, 'conflict', subject)),
    )
  }
  return results
}

async function find(env: Env, requests: Request[]): Promise<Map<string, subjects.Subject>> {
  const ids = requests.map(({ commentId }) => commentId)
  const found = await Promise.all(everyDatabase(env).map((db) => subjects.byIds(db, ids)))
  return new Map(found.flatMap((each) => [...each]))
}

/** The result of a request that is not to be decided any more; null where it is. */
function settledBefore(subject: subjects.Subject, request: Request, by: By): DecisionResult | null {
  if (subject.erased) return failure(request, 'not_found')
  const agreed = agreement(subject, request)
  if (agreed) return agreed
  if (isStale(subject, request, by)) return failure(request, 'conflict', subject)
  return request.action === 'reject_change' && !hasEarlierText(subject)
    ? failure(request, 'conflict', subject, noEarlierText)
    : null
}

/** The result of a request for what a person decided already of the same text; null where it is for anything else. */
function agreement(subject: subjects.Subject, request: Request): DecisionResult | null {
  if (subject.revision !== request.revision) return null
  if (request.action === 'reject_change' && !hasEarlierText(subject)) return null
  const outcome = transition(subject, request.action)
  // What screening decided, a person can confirm: only that teaches, and vouches for the author.
  const stands = subject.decision?.byKind === 'screening' ? null : subject.decision
  const same = subject.status === outcome.status && subject.shownRevision === outcome.shownRevision
  // Who approves again what readers flagged keeps it: that answers them.
  return stands && same && subject.openFlags === 0
    ? success(request, { id: stands.id, status: subject.status })
    : null
}

/**
 * Whether a request was made on another state than the present one: another revision, another status than the one
 * seen, or a person's decision that whoever asks cannot have known of. Who names no status is taken to have seen their
 * own decisions alone.
 */
function isStale(subject: subjects.Subject, request: Request, { actor, receivedAt }: By): boolean {
  if (subject.revision !== request.revision) return true
  const { decision } = subject
  // A decision that left the status as it was does not show in it.
  const unseen = decision !== null && subject.statusBefore === subject.status
  if (request.status !== undefined && (subject.status !== request.status || !unseen))
    return subject.status !== request.status
  if (!decision || !isPerson(decision.byKind)) return false
  if (request.status === undefined && subject.decidedBy !== actor.id) return true
  const known = subject.decidedBy === actor.id ? 0 : noticeMs
  return Date.parse(decision.at) >= receivedAt - known
}

const noEarlierText = {
  message: 'Readers see no earlier text of this comment. Refuse the comment itself, or look at it again.',
}

const success = (
  { commentId, revision }: Request,
  { id, status }: { id: string; status: subjects.Subject['status'] },
): DecisionResult => ({ commentId, decisionId: id, status, revision })

function failure(
  { commentId }: Request,
  code: 'not_found' | 'conflict',
  subject: subjects.Subject | null = null,
  circumstances: { message?: string } = {},
): DecisionResult {
  const { error } = new Refusal(code, circumstances).body
  return { commentId, error, ...(subject && { present: presentOf(subject) }) }
}

/** The present state of a comment, as the loser of a race is told it. */
export const presentOf = ({ status, revision, decision }: subjects.Subject): Present => ({
  status,
  revision,
  decision,
})
