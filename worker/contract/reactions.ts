import * as v from 'valibot'
import { whole } from './answers.ts'
import { flagReasons } from './flagReasons.ts'
import { paragraphs } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'

/** `PUT` and `DELETE /v1/sites/:site/comments/:id/like` answer how many like it now. */
export const liked = v.object({ likes: whole })
export type Liked = v.InferOutput<typeof liked>

/** `POST /v1/sites/:site/comments/:id/flags`: 204, the same reader's again too. */
export const newFlag = v.strictObject({
  reason: v.picklist(flagReasons),
  note: v.optional(v.pipe(paragraphs(limits.note), v.trim()), ''),
})
export type NewFlag = v.InferInput<typeof newFlag>

export const like = {
  summary: 'Likes a comment, once. The token is any that the reader keeps.',
  rate: 'reacting',
  answers: { 200: liked },
} satisfies Operation

export const unlike = {
  summary: 'Takes a like back.',
  rate: 'reacting',
  answers: { 200: liked },
} satisfies Operation

export const flag = {
  summary: 'Tells the moderators what is wrong with a comment, once.',
  rate: 'reacting',
  body: newFlag,
  answers: { 204: null },
} satisfies Operation
