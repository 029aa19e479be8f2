import type { Sort, ThreadPage } from '../../../worker/contract/thread.ts'
import type { ApiError } from '../../common/api.ts'
import { makeFormatters } from '../../common/i18n.ts'
import { reopenDrafts, retryWriting } from './drafts.ts'
import { followOwnComments, withReactions } from './loading.ts'
import type { Model } from './model.ts'
import { fetchPage } from './site.ts'
import { loadWords } from './words.ts'

/**
 * Loads the thread's first page, or the one that a link to a comment leads to. What is shown stays until the
 * answer is there.
 */
export function loadComments(model: Model): Promise<void> {
  // A router may have turned the page while the thread was far away.
  Object.assign(model, model.page())
  const id = linkedId()
  const linked = id === model.linked ? undefined : id
  return loadPage(model, linked ? { around: linked } : {}, (page) => showPage(model, page, linked))
}

/** Tries again what could not be done, and sees how the reader's own comments stand by now. */
export function resume(model: Model): void {
  retryWriting(model)
  if (model.failed) loadComments(model)
  else followOwnComments(model)
}

/** Shows the thread in another order. */
export function sortComments(model: Model, sort: Sort): void {
  model.sort = sort
  loadComments(model)
}

/** Loads a page of comments, unless another is asked for meanwhile. */
export async function loadPage(
  model: Model,
  which: Record<string, string>,
  show: (page: ThreadPage) => void,
): Promise<void> {
  const run = ++model.run
  model.failed = false
  model.changed()
  try {
    const [page] = await Promise.all([
      fetchPage(model, which),
      loadWords(model),
      model.thread || makeFormatters(model.tag),
    ])
    if (run !== model.run) return
    show(page)
  } catch (error) {
    if (run !== model.run) return
    const { detail } = error as ApiError
    model.failed = detail ?? true
    model.emit('error', detail)
  }
  model.changed()
}

/** Id of the comment that the page's address leads to. */
export const linkedId = () => /#comment-([\w-]{36})$/.exec(location.hash.toLowerCase())?.[1]

/** Goes to a comment that is shown, by a link to it. */
export function goToComment(model: Model, id: string): void {
  model.linked = id
  model.focus = `comment-${id}`
  model.hurried = true
  model.changed()
}

/** Shows a page of the thread in place of what was shown before, and goes to the comment that a link leads to. */
export function showPage(model: Model, page: ThreadPage, linked?: string): void {
  const first = !model.thread
  Object.assign(model, { previous: undefined, missed: false }, page)
  if (linked) {
    goToComment(model, linked)
    if (!page.items.some(({ id }) => id === linked))
      withReactions(model, (reactions) => reactions.noteMissing(model))
  }
  reopenDrafts(model, page.items)
  if (first) model.emit('ready', page.thread)
  followOwnComments(model)
}
