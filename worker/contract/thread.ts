import type { Comment } from './comment.ts'

export const sorts = ['oldest', 'newest', 'top'] as const

export type Sort = (typeof sorts)[number]

/** `GET /v1/sites/:site/thread` */
export interface ThreadPage {
  thread: {
    key: string
    url: string | null
    title: string | null
    /** Shown comments in the whole thread. */
    count: number
    /** When the thread was closed (ISO 8601), or null while it takes comments. */
    closed: string | null
    /** Whether a newcomer's comment waits for a person. */
    moderated: boolean
    /** Longest body this site takes, in code points. */
    bodyLimit: number
    /** Where its pages may live, as registered: other pages can read but not write. */
    origins: string[]
    /** Changes whenever what readers see changes; `since` asks for what is newer. */
    version: number
    /** What is asked of who writes, besides the text. */
    proof?: { kind: 'work' } | { kind: 'turnstile'; siteKey: string }
  }
  /** Root comments in the order asked for, each followed by the first replies of its branch, oldest first. */
  items: Comment[]
  /** Cursor to the next root comments, or null. */
  next: string | null
  /** Cursor to those before, where the page is not the first. */
  previous?: string
}

/** `GET /v1/sites/:site/counts` */
export interface Counts {
  counts: Record<string, number>
}
