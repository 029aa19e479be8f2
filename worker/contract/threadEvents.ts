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

/**
 * Staff has a thread answer under another key, where there is none, or go into the one which is there; or takes that back.
 * The thread is the one that answers then.
 */
export interface ThreadMoved extends Happened {
  act: 'thread.move' | 'thread.merge' | 'thread.unmove' | 'thread.unmerge'
  siteId: string
  threadId: number
  moveId: string
  /** Keys of pages, as staff named them. */
  from: string
  to: string
}

/** What readers see of some threads changed, since comments go from one to the other. Each move stands in the log. */
export interface CommentsMoved {
  act: 'comments.move'
  at: number
  siteId: string
  threadIds: number[]
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
