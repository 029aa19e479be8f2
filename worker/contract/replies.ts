import * as v from 'valibot'
import { comment, mostBody } from './comment.ts'
import { present } from './decisions.ts'
import { errorDetail } from './errorAnswer.ts'
import { count, paragraphs, uuid, visible } from './input.ts'
import type { Operation } from './operation.ts'

/** `POST /v1/comments/:id/replies`: an answer of the staff, published at once. */
export const newReply = v.strictObject({
  /** A UUID made by the client: sending the same answer again is harmless. */
  id: uuid,
  body: v.pipe(paragraphs(mostBody), visible),
  /** Approves the answered comment with it, where readers don't see that or its latest revision. */
  approve: v.optional(v.boolean(), false),
  /** The revision that was read, needed to approve it; where the comment has another one by now the answer is `conflict`. */
  revision: v.optional(count(1, Number.MAX_SAFE_INTEGER)),
})
export type NewReply = v.InferInput<typeof newReply>

const published = v.object({
  comment,
  /** Its undo takes the answer back; null once that is done. */
  decisionId: v.nullable(v.string()),
  /** The decision that approved the answered comment; null where none was taken with it. */
  approvalId: v.nullable(v.string()),
})
/** The answer to `POST /v1/comments/:id/replies`; 200 to the same again. */
export type Published = v.InferOutput<typeof published>

export const reply = {
  summary: 'Answers a comment as staff, at once and under your name. The same again is harmless.',
  body: newReply,
  answers: {
    200: published,
    201: published,
    409: v.object({ error: errorDetail, present: v.optional(present) }),
  },
} satisfies Operation
