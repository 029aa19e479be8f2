import * as v from 'valibot'
import { mostBody } from './comment.ts'
import { decided, present } from './decisions.ts'
import { errorDetail } from './errorAnswer.ts'
import { count, line, paragraphs, visible } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'

/** `PATCH /v1/comments/:id`: a text of the staff's for somebody's comment. */
export const staffEdit = v.strictObject({
  body: v.pipe(paragraphs(mostBody), visible),
  /** The revision that the edit was made from; another one answers 409. */
  revision: count(1, Number.MAX_SAFE_INTEGER),
  /** Whether staff can still read the former text, and take the edit back. Without it, every former text is gone for good. */
  keepFormer: v.optional(v.boolean(), true),
  /** Why, for the records. */
  reason: v.nullish(line(limits.reason)),
})
export type StaffEdit = v.InferInput<typeof staffEdit>

export const editAsStaff = {
  summary:
    'Gives a comment a text of the staff’s: at once where readers see it. The former text is kept, or gone for good.',
  body: staffEdit,
  answers: { 200: decided, 409: v.object({ error: errorDetail, present }) },
} satisfies Operation
