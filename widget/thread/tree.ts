import type { Comment } from '../../worker/contract.ts'

/** A comment in its place. */
export interface Branch {
  comment: Comment
  replies: Branch[]
  /** Whom it answers, where the indentation no longer tells. */
  to?: string
  /** Replies of a root's branch that are not loaded yet. */
  rest: number
}

const deepest = 4

/**
 * Nests the flat list of a thread page. A reply whose parent is not in the list hangs on the last
 * root before it; below the fourth level replies stand beside what they answer.
 */
export function nest(items: Comment[]): Branch[] {
  const roots: Branch[] = []
  const places = new Map<string, { branch: Branch; root: Branch; level: number; siblings: Branch[] }>()
  for (const comment of items) {
    const branch: Branch = { comment, replies: [], rest: comment.replies.count }
    const above = comment.parentId ? (places.get(comment.parentId) ?? places.get(last(roots))) : undefined
    if (!above) {
      roots.push(branch)
      places.set(comment.id, { branch, root: branch, level: 1, siblings: roots })
      continue
    }
    const flat = above.level >= deepest
    if (flat) branch.to = above.branch.comment.author.name
    const siblings = flat ? above.siblings : above.branch.replies
    siblings.push(branch)
    above.root.rest--
    places.set(comment.id, { branch, root: above.root, level: flat ? deepest : above.level + 1, siblings })
  }
  return roots
}

function last(roots: Branch[]): string {
  return roots.at(-1)?.comment.id ?? ''
}
