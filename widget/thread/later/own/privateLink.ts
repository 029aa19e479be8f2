import { goToComment } from '../../model/comments.ts'
import type { Model } from '../../model/model.ts'
import { setItem } from '../../model/storage.ts'

/** A comment's id, its author's token, and the ids of further comments of theirs in this thread. */
const link = /^#comment-([\w-]{36})\.([\w-]+)(.*)/

/**
 * Takes the comments that such a link brings, each with its token, and takes the token out of the address. The reader
 * writes on under a token of their own: who is led here by a stranger's link must not write in the stranger's name.
 */
export function takePrivateLink(model: Model): void {
  const [, id = '', token, others = ''] = link.exec(location.hash) ?? []
  if (!token) return
  history.replaceState(history.state, '', location.href.replace(location.hash, `#comment-${id}`))
  for (const one of (id + others).split('.'))
    setItem(model, `own ${one}`, { id: one, thread: model.thread?.key, token })
  goToComment(model, id)
}
