import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { errorDetail } from './errorAnswer.ts'
import { count, line, paragraphs, uuid } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { type Status, statuses } from './status.ts'

export const actions = ['approve', 'reject', 'reject_change', 'spam', 'delete', 'restore'] as const

/**
 * What a moderator can decide. `reject_change` refuses an edit and leaves readers the earlier text; `restore` brings a
 * comment back to `pending`.
 */
export type Action = (typeof actions)[number]

/** The status an action leads to. */
export const statusAfter: Record<Action, Status> = {
  approve: 'approved',
  reject: 'rejected',
  reject_change: 'approved',
  spam: 'spam',
  delete: 'deleted',
  restore: 'pending',
}

/** Reasons for a rejection that have words in every locale. Any other text is shown as typed. */
export const rejectionReasons = [
  'off_topic',
  'abuse',
  'personal_data',
  'advertising',
  'repeat',
  'banned',
] as const

export type RejectionReason = (typeof rejectionReasons)[number]

export const actorKinds = ['moderator', 'screening', 'author', 'operator'] as const

export type ActorKind = (typeof actorKinds)[number]

/** What a decision was: a moderator's action, an edit of its author or of the staff, or what else its author did. */
const decisionActions = [...actions, 'edit', 'redact', 'withdraw', 'appeal'] as const

export const decisionView = v.object({
  id: v.string(),
  action: v.picklist(decisionActions),
  /** Display name of who decided; `screening` for the machine. */
  by: v.string(),
  byKind: v.picklist(actorKinds),
  reason: v.nullable(v.string()),
  at: moment,
})
export type DecisionView = v.InferOutput<typeof decisionView>

/** Whether a decision is a person's of the staff. */
export const isPerson = (kind: ActorKind | null | undefined) => kind === 'moderator' || kind === 'operator'

/** Whether a decision is a person's word on the comment as it stands: not on a change alone, nor a text of the staff's. */
export const isJudgement = (
  kind: ActorKind | null | undefined,
  action: DecisionView['action'] | null | undefined,
) => isPerson(kind) && action !== 'reject_change' && action !== 'edit' && action !== 'redact'

/**
 * Whether a person who decides a comment agrees with those who reported it: true or false, or null where that says
 * nothing of them. Who keeps what readers see refuses their reports; who approves a changed text does not.
 */
export function upholds(action: DecisionView['action'], before: Status): boolean | null {
  if (action === 'approve') return before === 'approved' ? false : null
  return ['reject', 'spam', 'delete', 'edit', 'redact'].includes(action) ? true : null
}

/** Milliseconds for which a decision stays in the house: until then nobody outside is told of it. */
export const undoWindowMs = 10 * 60_000

const decisionRequest = v.strictObject({
  commentId: uuid,
  /** The revision the moderator saw. */
  revision: count(1, Number.MAX_SAFE_INTEGER),
  action: v.picklist(actions),
  reason: v.nullish(line(limits.reason)),
  /** Words for an author who asked for another look, where one waits. */
  answer: v.nullish(v.pipe(paragraphs(limits.note), v.trim())),
  /**
   * The status the moderator saw; a comment that has another one by now answers `conflict`, unless they agree. Without
   * it nothing that somebody else of the staff decided is changed.
   */
  status: v.optional(v.picklist(statuses)),
})

/** An element of `POST /v1/decisions`. */
export type DecisionRequest = v.InferInput<typeof decisionRequest>

/** `POST /v1/decisions` */
export const decisionRequests = v.pipe(
  v.array(decisionRequest),
  v.minLength(1, 'missing'),
  v.maxLength(limits.page, `too_long ${limits.page}`),
)

/** The present state of a comment, told to the loser of a race. */
export const present = v.object({
  status: v.picklist(statuses),
  revision: whole,
  decision: v.nullable(decisionView),
})
export type Present = v.InferOutput<typeof present>

/** What became of a comment by a decision, with the revision that stands by now. */
export const decided = v.object({
  commentId: v.string(),
  decisionId: v.string(),
  status: v.picklist(statuses),
  revision: whole,
})

/** An element of the answer to `POST /v1/decisions`, and the answer to `DELETE /v1/decisions/:id`. */
export const decisionResult = v.union([
  decided,
  v.object({ commentId: v.string(), error: errorDetail, present: v.optional(present) }),
])
export type DecisionResult = v.InferOutput<typeof decisionResult>

/** `POST /v1/decisions`: 200 when all were done, 207 when some were not, 4xx when the only one was not. */
const decisionResults = v.object({ results: v.array(decisionResult) })
export type DecisionResults = v.InferOutput<typeof decisionResults>

const undone = v.object({ results: v.array(decisionResult), error: errorDetail })

export const decide = {
  summary: 'Decides comments, up to a hundred at once. Each result tells what came of it.',
  body: decisionRequests,
  answers: { 200: decisionResults, 207: decisionResults, 404: undone, 409: undone },
} satisfies Operation

export const undo = {
  summary: 'Takes a decision back that still stands.',
  answers: { 200: decided, 409: v.object({ error: errorDetail, present }) },
} satisfies Operation
