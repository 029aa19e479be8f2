import type { Comment } from '../../../../worker/contract/comment.ts'
import type { ThreadPage } from '../../../../worker/contract/thread.ts'
import { loadPage } from '../../model/comments.ts'
import type { Model } from '../../model/model.ts'

/** Loads what comes after a list: the thread's own, or a root's replies. */
export async function loadMore(model: Model, list: { next?: string | null }): Promise<void> {
  await loadPage(model, { cursor: list.next ?? '' }, (page) => {
    // Only what comes at the end may come bit by bit.
    model.hurried = list !== model
    const root = model.items.find(({ replies }) => replies === list)
    show(model, page, insertComments(model, page.items, root))
    list.next = page.next
  })
}

/** Loads what comes before the first comment. */
export async function loadPrevious(model: Model, before: string): Promise<void> {
  await loadPage(model, { cursor: before }, (page) => {
    model.hurried = true
    show(model, page, insertComments(model, page.items, undefined, true))
    model.previous = page.previous
  })
}

function show(model: Model, page: ThreadPage, first?: Comment): void {
  model.focus = `comment-${first?.id}`
  // What was written meanwhile need not be on this page.
  model.since ??= model.thread?.version
  model.thread = page.thread
}

/** Puts comments that are not shown yet at the thread's start or end, or into the branch of a root; the first. */
export function insertComments(
  { items }: Model,
  all: Comment[],
  root?: Comment,
  start?: boolean,
): Comment | undefined {
  const fresh = all.filter(({ id }) => !items.some((item) => item.id === id))
  if (root) {
    const from = items.indexOf(root) + 1
    let end = from
    while (items[end]?.parentId) end++
    // What a link led to stands before replies that are older.
    const branch = [...items.slice(from, end), ...fresh]
    items.splice(from, end - from, ...branch.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)))
  } else if (start) items.unshift(...fresh)
  else items.push(...fresh)
  return fresh[0]
}
