import * as v from 'valibot'
import { whole } from './answers.ts'
import { longestPart } from './exportLimits.ts'
import { siteId } from './input.ts'
import type { Operation } from './operation.ts'

/** `POST /v1/restores`: the site that the export is of; none where it is of the whole instance. */
export const restoreQuery = v.strictObject({ site: v.optional(siteId) })

/** What became of a part. */
export const restoredPart = v.object({
  /** That of the export. */
  id: v.string(),
  /** Parts that are here. */
  part: whole,
  /** Rows that came with it; none where it was here before. */
  rows: whole,
  /** Rows of the export that were left out so far, since they are of no use under another `TOKEN_SECRET`. */
  leftOut: whole,
  /** Whether it was the last. */
  ended: v.boolean(),
})
export type RestoredPart = v.InferOutput<typeof restoredPart>

export const restorePart = {
  summary:
    'Puts a part of an export back, as `GET /v1/exports/hankyo.jsonl` answered it: into an empty instance, or a site that is not there. Parts come in their order; one that came before is passed over.',
  query: restoreQuery,
  bodyLimit: longestPart,
  answers: { 200: restoredPart },
} satisfies Operation
