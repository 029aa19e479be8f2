import type { Comment, NewComment } from '../../../worker/contract/comment.ts'
import type { Status } from '../../../worker/contract/status.ts'
import type { Failure } from './words.ts'

/**
 * A comment of the reader's own. It is stored by its id before it is first sent, whole until the
 * worker has taken it, so that whichever page or tab of the site comes next can send it.
 */
export interface OwnComment {
  id: string
  /** Canonical key of its thread. */
  thread: string
  /** What is still to be sent. Its id makes sending it twice harmless. */
  request?: NewComment | undefined
  status?: Status
  /** Its author's, where a private link brought it; else it is this browser's. */
  token?: string | undefined
  /** Until when it can be edited (ISO 8601). */
  until?: string | null
  /** As its author sees it; missing on other pages, and where the public list shows it. */
  comment?: Comment
  /** Failed attempts to send it. */
  tries?: number
  /** When it may be sent again, where the server asked for patience. */
  notBefore?: number
  /** Whether that is since the thread takes comments slowly. */
  slow?: boolean
  busy?: boolean
  /** Whether the reader is being asked if they mean to withdraw it. */
  asking?: boolean
  /** Why it could not be changed. */
  error?: Failure | undefined
}
