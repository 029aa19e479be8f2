import * as v from 'valibot'
import { count, line } from './fields.ts'
import type { Finding, Verdict } from './findings.ts'
import { policies } from './site.ts'
import { settingsChange } from './siteSchemas.ts'
import type { Status } from './status.ts'
import { wordLists } from './wordLists.ts'

/** Comments that one request looks at, at most and unless told. */
const mostLookedAt = 1_000

/** `POST /v1/sites/:site/policy-preview`: settings as they might be; what is left out stays as it is. */
export const policyProposal = v.strictObject({
  policy: v.optional(v.picklist(policies)),
  settings: v.optional(settingsChange),
  lists: v.optional(v.partial(v.strictObject(v.entriesFromList(wordLists, v.array(v.string()))))),
  cursor: v.optional(v.pipe(line(20), v.regex(/^\d{1,15}$/, 'invalid'), v.transform(Number))),
  limit: v.optional(count(1, mostLookedAt), mostLookedAt),
})
export type PolicyProposal = v.InferInput<typeof policyProposal>

/** How many of the comments looked at would have been published, held, called spam or refused. */
export type Outcomes = Record<'published' | 'held' | 'spam' | 'rejected', number>

/** What proposed settings would have done to the latest comments that people decided. */
export interface PolicyPreview {
  decided: number
  present: Outcomes
  proposed: Outcomes
  /** Where the proposal differs from what people decided. */
  differs: { published: number; refused: number }
  /** The latest of those, at most ten of each kind. */
  examples: {
    commentId: string
    author: string
    excerpt: string
    decided: Status
    present: Verdict
    proposed: Verdict
    findings: Finding[]
  }[]
  /** Cursor to go on with older comments, or null. */
  next: string | null
}
