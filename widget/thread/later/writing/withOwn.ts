import type { Comment } from '../../../../worker/contract/comment.ts'
import type { Model } from '../../model/model.ts'

/** The comments that are shown, the reader's own among them. */
export function withOwn({ items, mine, sort }: Model): Comment[] {
  const all = items.map((item) => {
    const own = mine.get(item.id)?.comment
    return own ? { ...own, likes: item.likes, replies: item.replies } : item
  })
  const isShown = (id: string | null) => all.some((item) => item.id === id)
  for (const { comment } of mine.values()) {
    if (!comment || isShown(comment.id)) continue
    if (isShown(comment.parentId)) all.push(comment)
    else all[sort === 'newest' ? 'unshift' : 'push']({ ...comment, parentId: null })
  }
  return all
}
