import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import type { CommentFlagged } from '../contract/events.ts'
import type { FlagReason } from '../contract/flagReasons.ts'
import type { Deliveries } from './delivery.ts'
import type { Reader, Target } from './reactions.ts'

/** A reader's flag of a comment. */
export interface NewFlag {
  commentId: string
  reader: Reader
  reason: FlagReason
  note: string
  /** Milliseconds since the epoch. */
  at: number
}

/** The statements that have a reader's flag told, where it was added just now and is heard. */
export function telling(
  db: D1Database,
  deliveries: Deliveries,
  { seq, siteId }: Target,
  { reader, at, commentId, reason }: NewFlag,
): D1PreparedStatement[] {
  const event: CommentFlagged = { act: 'comment.flag', at, siteId, commentId, reason }
  return deliveries(db, [{ event }], {
    text: 'EXISTS (SELECT 1 FROM flags WHERE comment_seq = ? AND reader = ? AND at = ? AND muted = 0)',
    values: [seq, reader.hash, at],
  })
}
