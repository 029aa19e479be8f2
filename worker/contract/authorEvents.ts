import type { TrustPin } from './findings.ts'
import type { Happened } from './happened.ts'

/** What staff did about an author, whose public id it is (`value`). */
export type AuthorEvent = Happened & { siteId: string; value: string } & (
    | { act: 'author.badge'; badge: string | null; former: string | null }
    | { act: 'author.trust'; pinned: TrustPin | null; former: TrustPin | null }
    /** With how many comments: from then on their words go. */
    | { act: 'author.erase'; count: number }
  )
