import * as v from 'valibot'
import type { ErrorDetail } from './errors.ts'
import { count, line, uuid } from './fields.ts'
import { limits } from './limits.ts'
import { type Status, statuses } from './status.ts'

export const actions = ['approve', 'reject', 'spam', 'delete', 'restore'] as const

/** What a moderator can decide. `restore` brings a comment back to `pending`. */
export type Action = (typeof actions)[number]

/** The status an action leads to. */
export const statusAfter: Record<Action, Status> = {
  approve: 'approved',
  reject: 'rejected',
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

export interface DecisionView {
  id: string
  action: Action | 'edit' | 'withdraw' | 'appeal'
  /** Display name of who decided; `screening` for the machine. */
  by: string
  byKind: ActorKind
  reason: string | null
  at: string
}

export type ActorKind = 'moderator' | 'screening' | 'author' | 'operator'

/** Whether a decision is a person's of the staff. */
export const isPerson = (kind: ActorKind | null | undefined) => kind === 'moderator' || kind === 'operator'

/** Milliseconds for which a decision stays in the house: until then nobody outside is told of it. */
export const undoWindowMs = 10 * 60_000

const decisionRequest = v.strictObject({
  commentId: uuid,
  /** The revision the moderator saw. */
  revision: count(1, Number.MAX_SAFE_INTEGER),
  action: v.picklist(actions),
  reason: v.nullish(line(limits.reason)),
  /** The status the moderator saw; a comment that has another one by now answers `conflict`. */
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
export interface Present {
  status: Status
  revision: number
  decision: DecisionView | null
}

/** An element of the answer to `POST /v1/decisions`, and the answer to `DELETE /v1/decisions/:id`. */
export type DecisionResult =
  | { commentId: string; decisionId: string; status: Status; revision: number }
  | { commentId: string; error: ErrorDetail; present?: Present }

/** `POST /v1/decisions`: 200 when all were done, 207 when some were not, 4xx when the only one was not. */
export interface DecisionResults {
  results: DecisionResult[]
}
