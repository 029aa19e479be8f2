import * as v from 'valibot'
import type { Comment } from './comment.ts'
import { digits, line } from './fields.ts'
import { limits } from './limits.ts'
import { sorts } from './sorts.ts'
import { threadKey } from './threadKey.ts'

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

/** The query of `GET /v1/sites/:site/thread`. */
export const threadQuery = v.strictObject({
  key: threadKey,
  sort: v.optional(v.picklist(sorts), 'oldest'),
  cursor: v.optional(line(100)),
  /** Id of a comment that must be on the page, if readers see it. */
  around: v.optional(line(100)),
  /** Only what was first shown after this version. */
  since: v.optional(digits),
})

/** The query of `GET /v1/sites/:site/counts`: each key apart. */
export const countsQuery = v.strictObject({
  key: v.pipe(
    v.array(threadKey),
    v.minLength(1, 'missing'),
    v.maxLength(limits.counts, `too_long ${limits.counts}`),
  ),
})

/** The query of a feed: of one thread, or without a key of the whole site. */
export const feedQuery = v.strictObject({ key: v.optional(threadKey) })
