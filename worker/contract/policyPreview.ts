import * as v from 'valibot'
import { whole } from './answers.ts'
import { type Finding, type Verdict, verdicts } from './findings.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { finding } from './queue.ts'
import type { Policy } from './site.ts'
import type { SiteSettings } from './siteSettings.ts'
import { type Status, statuses } from './status.ts'
import type { WordList } from './wordLists.ts'

/** `POST /v1/sites/:site/policy-preview`: settings as they might be; what is left out stays as it is. */
export interface PolicyProposal {
  policy?: Policy
  settings?: Partial<SiteSettings>
  lists?: Partial<Record<WordList, string[]>>
  cursor?: string
  /** Comments to look at in this request, 1,000 unless told. */
  limit?: number
}

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
