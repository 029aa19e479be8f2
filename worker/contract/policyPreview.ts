import type { Finding, Verdict } from './findings.ts'
import type { Policy } from './site.ts'
import type { SiteSettings } from './siteSettings.ts'
import type { Status } from './status.ts'
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
