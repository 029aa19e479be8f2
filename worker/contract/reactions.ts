import * as v from 'valibot'
import { paragraphs } from './fields.ts'
import { flagReasons } from './flagReasons.ts'
import { limits } from './limits.ts'

/** `PUT` and `DELETE /v1/sites/:site/comments/:id/like` answer how many like it now. */
export interface Liked {
  likes: number
}

/** `POST /v1/sites/:site/comments/:id/flags`: 204, the same reader's again too. */
export const newFlag = v.strictObject({
  reason: v.picklist(flagReasons),
  note: v.optional(v.pipe(paragraphs(limits.note), v.trim()), ''),
})
export type NewFlag = v.InferInput<typeof newFlag>
