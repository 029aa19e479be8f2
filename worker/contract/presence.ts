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
export type HeldByOther = v.InferOutput<typeof heldByOther>

export const holdComment = {
  summary: 'Tells which comment you have in hand, for half a minute, and which ones others have.',
  body: presence,
  answers: { 200: page(heldByOther) },
} satisfies Operation
