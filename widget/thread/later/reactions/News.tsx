import type { Comment } from '../../../../worker/contract/comment.ts'
import { goToComment } from '../../model/comments.ts'
import type { Model } from '../../model/model.ts'
import { fetchPage } from '../../model/site.ts'
import { insertComments } from './paging.ts'

/**
 * Asks what came since the thread was loaded, and keeps it for when the reader wants it; fails in silence. Another text of what
 * is loaded shows at once.
 */
export async function fetchNews(model: Model): Promise<void> {
  const { thread, since = thread?.version } = model
  const page = await fetchPage(model, { since: String(since) }).catch(() => undefined)
  if (!thread || !page || model.thread !== thread) return
  const { version, closed, count } = page.thread
  const grown = count - thread.count
  model.since = version
  Object.assign(thread, { closed, count })
  const kept = model.fresh ?? []
  const known = [...kept, ...model.items]
  const others = page.items.filter(({ id, content, editedAt, editedBy }) => {
    const same = known.find((comment) => comment.id === id)
    // Another text stands where the former one did.
    return !(same && Object.assign(same, { content, editedAt, editedBy }))
  })
  // Where more came than the thread has grown by, those that were edited stood further down before.
  model.fresh = kept.concat(others.filter(({ editedAt }) => others.length <= grown || !editedAt))
}

/** What came and is not shown yet: loading more of the thread may have brought it. */
function unseen({ fresh = [], items, mine }: Model): Comment[] {
  return fresh.filter(({ id }) => !mine.has(id) && !items.some((item) => item.id === id))
}

/** Offers what came, where it moves nothing that is being read. */
export function News({ model }: { model: Model }) {
  const count = unseen(model).length
  return count ? (
    <div class="fresh">
      <button type="button" class="send" part="fresh" onClick={() => showNews(model)}>
        <span>{model.say('fresh', { count })}</span>
      </button>
    </div>
  ) : null
}

/** Puts new comments in their places and goes to the first; where its place is not loaded, its page is. */
function showNews(model: Model): void {
  const fresh = unseen(model)
  for (const comment of fresh) placeComment(model, comment)
  model.fresh = undefined
  model.hurried = true
  const [first] = fresh
  if (!first) return
  if (model.items.includes(first)) goToComment(model, first.id)
  else location.assign(`${model.here}#comment-${first.id}`)
}

/** Puts a new comment where it belongs, if that is shown. */
function placeComment(model: Model, comment: Comment): void {
  const { items, sort, next, previous } = model
  const { parentId } = comment
  const index = items.findIndex(({ id }) => id === parentId)
  const parent = items[index]
  const root = items.slice(0, index + 1).findLast((item) => !item.parentId)
  if (parent && root) {
    root.replies.count++
    if (parent !== root) parent.replies.count++
    insertComments(model, [comment], root)
  } else if (parentId) return
  else if (sort !== 'newest') next || items.push(comment)
  else if (!previous) {
    const below = items.findIndex((item) => !item.parentId && !item.pinned)
    items.splice(below < 0 ? items.length : below, 0, comment)
  }
}
