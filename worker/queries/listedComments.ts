import type { ShownRow } from '../store/shownRow.ts'
import type { ShownRoot } from '../store/threadComments.ts'
import type { PageRoom } from './pageRoom.ts'

/** A comment in its place on a page, and where its branch goes on. */
export interface Listed {
  row: ShownRow
  next: string | null
}

/** The roots, each with its replies, up to where the page is full: a root's replies go before the next root. */
export function takeRoots(roots: ShownRoot[], room: PageRoom): ShownRoot[] {
  const taken: ShownRoot[] = []
  for (const root of roots) {
    if (!room.takes(root)) break
    taken.push({ ...root, replies: room.taken(root.replies) })
  }
  return taken
}

/** A comment by itself. */
export const alone = (row: ShownRow): Listed => ({ row, next: null })

/** A root with the replies that came with it. */
export function branchOf(root: ShownRoot): Listed[] {
  const next = root.replies.length < root.branchCount ? branchCursor([root, ...root.replies]) : null
  return [{ row: root, next }, ...root.replies.map(alone)]
}

/** Where a branch goes on after the last of some of its comments. */
export const branchCursor = (rows: ShownRow[]) => `b0.${rows.at(-1)?.id}`

/** The place after a root, `r`, or before it, `p`, in the order asked for. */
export const rootCursor = (kind: 'r' | 'p', { likes, id }: ShownRow) => `${kind}${likes}.${id}`
