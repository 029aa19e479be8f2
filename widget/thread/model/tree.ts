import type { Comment } from '../../../worker/contract/comment.ts'

/** A comment in its place. */
export interface Branch {
  comment: Comment
  replies: Branch[]
  /** Whom it answers, where the indentation no longer tells. */
  to?: string
  /** Replies of a root's branch that are not loaded yet. */
  rest: number
  level: number
  /** The comments it stands among. */
  siblings: Branch[]
  root?: Branch
}

const deepest = 4

/**
 * Nests the flat list of a thread page. A reply whose parent is not in the list hangs on the last
 * root before it; below the fourth level replies stand beside what they answer.
 */
export function nest(items: Comment[]): Branch[] {
  const roots: Branch[] = []
  const places = new Map<string, Branch>()
  for (const comment of items) {
    const { id, parentId } = comment
    const branch: Branch = { comment, replies: [], rest: comment.replies.count, level: 1, siblings: roots }
    const above = parentId ? (places.get(parentId) ?? roots.at(-1)) : undefined
    if (above) {
      const flat = above.level >= deepest
      if (flat) branch.to = above.comment.author.name
      branch.level = flat ? deepest : above.level + 1
      branch.siblings = flat ? above.siblings : above.replies
      branch.root = above.root ?? above
      branch.root.rest--
    }
    branch.siblings.push(branch)
    places.set(id, branch)
  }
  return roots
}
