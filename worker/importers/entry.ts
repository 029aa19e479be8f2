import type { LeftOutReason } from '../contract/imports.ts'
import type { Status } from '../contract/status.ts'

/**
 * A time as a file has it: milliseconds since the epoch, or what a clock on a wall showed, `2007-09-04T10:49:28`, where
 * the file names no zone. What is no date, such as `0000-00-00T00:00:00`, stands there as a clock's, too.
 */
export type SourceTime = number | { local: string }

/** A page as a file has it. */
export interface SourcePage {
  /** Its address, path or id, just as the file has it. */
  address: string
  title: string
}

/** A comment as a file has it. */
export interface SourceComment {
  kind: 'comment'
  /** What the source calls it; null where it has no ids. */
  id: string | null
  /** The id of the comment that it answers, or null. */
  parentId: string | null
  page: SourcePage
  author: {
    name: string
    email: string | null
    url: string | null
    /** What tells this person from another of that name: an account, an address, a hash. Null where nothing does. */
    identity: string | null
    /** An account of the old system with rights there. */
    isStaff: boolean
  }
  body: string
  /**
   * `html` becomes Markdown, and so does `lines`: HTML whose line ends count, as people type it into WordPress and
   * Movable Type. `text` and `markdown` stay byte for byte.
   */
  form: 'html' | 'lines' | 'markdown' | 'text'
  createdAt: SourceTime
  editedAt: SourceTime | null
  status: Status
  /** Whether a person decided that there, as far as the file tells. */
  decided: boolean
  likes: number
  pinned: boolean
  /** Where it begins in the file. */
  line: number
}

/** What a file says of a page apart from its comments. */
export interface SourceThread {
  kind: 'thread'
  page: SourcePage
  closed: boolean
}

/** Something of a file that is not brought. */
export interface LeftOut {
  kind: 'leftOut'
  reason: LeftOutReason
  /** Ids of what was left out, where others may answer it. */
  id: string | null
  /** What it answers, so that answers to it find an ancestor. */
  parentId: string | null
  line: number
}

/** A part of a file that cannot be read; what came before it is kept. */
export interface Broken {
  kind: 'broken'
  line: number
  /** What is wrong, in English, with what to do. */
  message: string
}

export type Entry = SourceComment | SourceThread | LeftOut | Broken
