import * as v from 'valibot'
import { whole } from './answers.ts'
import { siteId } from './input.ts'
import type { Operation } from './operation.ts'

/** `GET /v1/queue/pace`: how much was done of late, and how soon there is more to do. */
export const queuePace = v.object({
  /** What people decided within the last hour. */
  decided: v.object({ approve: whole, reject: whole, spam: whole, delete: whole }),
  /** What screening decided by itself. */
  screened: whole,
  /** Whether that is all of the hour; else it is at least so much, for no more was looked at. */
  complete: v.boolean(),
  /** Seconds until the next comment is likely to wait, by when the latest came; null where few did. */
  nextInSeconds: v.nullable(whole),
})
export type QueuePace = v.InferOutput<typeof queuePace>

/** The query of `GET /v1/queue/pace`. */
export const paceQuery = v.strictObject({ site: v.optional(siteId) })

export const readPace = {
  summary: 'Tells what was decided within the last hour, and when the next comment is likely to wait.',
  query: paceQuery,
  answers: { 200: queuePace },
} satisfies Operation
