import type { Site } from '../contract/site.ts'
import type { StaffThread } from '../contract/staffThread.ts'
import { iso } from '../store/database.ts'
import type { Thread } from '../store/threads.ts'

type Timed = Pick<Thread, 'closedAt' | 'agedAt'>

/** Whether the time is over in which a thread takes comments. */
export const isAged = (thread: Pick<Thread, 'agedAt'> | null, now: number): boolean =>
  typeof thread?.agedAt === 'number' && thread.agedAt <= now

/** Since when a page of a site takes no comments, and why; null while it takes some. It may have no thread yet. */
export function closedBy(
  thread: Timed | null,
  { archivedAt }: Pick<Site, 'archivedAt'>,
  now: number,
): StaffThread['closed'] {
  if (typeof thread?.closedAt === 'number') return { at: iso(thread.closedAt), by: 'staff' }
  if (archivedAt) return { at: archivedAt, by: 'archive' }
  return thread && isAged(thread, now) ? { at: iso(thread.agedAt as number), by: 'age' } : null
}
