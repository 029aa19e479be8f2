import * as v from 'valibot'
import { whole } from './answers.ts'
import { type Finding, finding, type Verdict, verdicts } from './findings.ts'
import { count, line } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { policies } from './policies.ts'
import { settingsChange } from './siteSchemas.ts'
import { type Status, statuses } from './status.ts'
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

const outcomes = v.object({
  published: whole,
  held: whole,
  spam: whole,
  rejected: whole,
})

export const previewPolicy = {
  summary: 'Tells what proposed settings would have done to what people decided.',
  bodyLimit: limits.listRequest,
  answers: {
    200: v.object({
      decided: whole,
      present: outcomes,
      proposed: outcomes,
      differs: v.object({ published: whole, refused: whole }),
      examples: v.array(
        v.object({
          commentId: v.string(),
          author: v.string(),
          excerpt: v.string(),
          decided: v.picklist(statuses),
          present: v.picklist(verdicts),
          proposed: v.picklist(verdicts),
          findings: v.array(finding),
        }),
      ),
      next: v.nullable(v.string()),
    }),
  },
} satisfies Operation
