import type { Happened } from './happened.ts'

/** Staff closed or reopened a thread, or has all its comments checked or not. */
export interface ThreadEvent extends Happened {
  act: 'thread.close' | 'thread.reopen' | 'thread.check' | 'thread.uncheck'
  siteId: string
  threadId: number
}

/** Staff set how fast a thread takes comments, or when it closes by itself. */
export interface ThreadChanged extends Happened {
  act: 'thread.change'
  siteId: string
  threadId: number
  changes: { field: 'slowSeconds' | 'closeAfterDays'; before: number | null; after: number | null }[]
}

/** Staff calls a page by a title, or has its comments name it again (null). */
export interface ThreadRenamed extends Happened {
  act: 'thread.rename'
  siteId: string
  threadId: number
  title: string | null
  /** What staff called it before. */
  former: string | null
}
