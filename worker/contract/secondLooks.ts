import * as v from 'valibot'
import { whole } from './answers.ts'
import { present } from './decisions.ts'
import { errorDetail } from './errorAnswer.ts'
import { count, line, siteId } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'
import { queueItem } from './queue.ts'
import { statuses } from './status.ts'

/** An item of `GET /v1/second-looks`: a comment without a word of what was decided, or of what screening made of it. */
const secondLook = v.pick(queueItem, [
  ...(['id', 'revision', 'body', 'content', 'author', 'thread', 'site'] as const),
  ...(['parent', 'createdAt', 'editedAt'] as const),
])
export type SecondLook = v.InferOutput<typeof secondLook>

const secondLooks = v.object({
  ...page(secondLook).entries,
  /** Of the latest 30 answers, and how many of them changed a decision. */
  answered: v.object({ count: whole, changed: whole }),
})
export type SecondLooks = v.InferOutput<typeof secondLooks>

/** The query of `GET /v1/second-looks`. */
export const secondLooksQuery = v.strictObject({ site: siteId })

/** `POST /v1/second-looks/:id` */
export const secondAnswer = v.strictObject({
  /** The revision that was looked at. */
  revision: count(1, Number.MAX_SAFE_INTEGER),
  action: v.picklist(['approve', 'spam', 'reject']),
  reason: v.nullish(line(limits.reason)),
})
export type SecondAnswer = v.InferOutput<typeof secondAnswer>

const answeredLook = v.object({
  commentId: v.string(),
  status: v.picklist(statuses),
  /** Whether it differs from what had been decided. */
  changed: v.boolean(),
  /** The new decision then, else null. */
  decisionId: v.nullable(v.string()),
})
export type AnsweredLook = v.InferOutput<typeof answeredLook>

export const listSecondLooks = {
  summary: 'Lists comments that you are asked to decide again, as their decisions contradict the others.',
  query: secondLooksQuery,
  answers: { 200: secondLooks },
} satisfies Operation

export const answerSecondLook = {
  summary:
    'Decides a comment again without knowing what was decided. Only another decision changes anything.',
  body: secondAnswer,
  answers: { 200: answeredLook, 409: v.object({ error: errorDetail, present }) },
} satisfies Operation
