import * as v from 'valibot'
import { siteId, uuid } from './input.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

/** `PUT /v1/presence`: the comment that whoever asks has in hand; null for none. */
export const presence = v.strictObject({
  inHand: v.nullable(v.strictObject({ commentId: uuid, siteId })),
})

/** What another member of staff has in hand. */
export const heldByOther = v.object({ commentId: v.string(), name: v.string() })

/** What others of the staff have in hand. */
export const heldByOthers = v.object({
  ...page(heldByOther).entries,
  /** Ids of comments that they had in hand a moment ago, and may have decided. */
  left: v.array(v.string()),
})
export type HeldByOthers = v.InferOutput<typeof heldByOthers>

export const holdComment = {
  summary: 'Tells which comment you have in hand, for half a minute, and which ones others have.',
  body: presence,
  answers: { 200: heldByOthers },
} satisfies Operation
