import * as v from 'valibot'
import { whole } from './answers.ts'
import { siteId } from './input.ts'
import type { Operation } from './operation.ts'

/** `GET /v1/queue/pace`: how much was done of late, and how soon there is more to do. */
export const queuePace = v.object({
  /** What people decided of late, within `seconds`. */
  decided: v.object({ approve: whole, reject: whole, spam: whole, delete: whole }),
  /** What screening decided by itself. */
  screened: whole,
  /** How many seconds that is all of, until now: 3600, or less where so much was done that no more was looked at. */
  seconds: whole,
  /** Whether that is the whole hour. */
  complete: v.boolean(),
  /** Seconds until the next comment is likely to wait, by when the latest came; null where few did. */
  nextInSeconds: v.nullable(whole),
})
export type QueuePace = v.InferOutput<typeof queuePace>

/** The query of `GET /v1/queue/pace`. */
export const paceQuery = v.strictObject({ site: v.optional(siteId) })

export const readPace = {
  summary:
    'Tells what was decided within the last hour, or of late where that is much, and when the next comment is likely to wait.',
  query: paceQuery,
  answers: { 200: queuePace },
} satisfies Operation
