import type { Comment } from '../../../../worker/contract/comment.ts'
import type { ApiError } from '../../../common/api.ts'
import type { Model } from '../../model/model.ts'
import type { OwnComment } from '../../model/ownComment.ts'
import { getItem, setItem } from '../../model/storage.ts'
import { loadWords } from '../../model/words.ts'
import { callOwn } from './callOwn.ts'
import { takePrivateLink } from './privateLink.ts'
import { storedNames } from './storedNames.ts'

/**
 * Sends what is unsent and asks about what is undecided, again and again, less and less often,
 * until nothing is left to do.
 */
export async function followUp(model: Model, delay = 2_000): Promise<void> {
  clearTimeout(model.timer)
  takePrivateLink(model)
  for (const id of storedNames(model, 'own ')) {
    const own = model.mine.get(id) ?? getItem<OwnComment>(model, `own ${id}`)
    if (!own) continue
    model.mine.set(id, own)
    if (own.request && own.thread === model.thread?.key)
      own.comment ??= model.loaded.writing?.pendingComment(own.request)
  }
  const open = [...model.mine.values()].filter(isOpen(model))
  await Promise.all(open.map((own) => (own.request ? sendInTime : checkStatus)(model, own)))
  clearTimeout(model.timer)
  model.changed()
  if (model.run && [...model.mine.values()].some(isOpen(model)))
    model.timer = setTimeout(followUp, delay * (0.75 + Math.random() / 2), model, Math.min(delay * 2, 60_000))
}

const isOpen =
  ({ thread }: Model) =>
  (own: OwnComment) =>
    own.request ||
    (own.thread === thread?.key &&
      (own.status === 'pending' ? !document.hidden : !own.comment && own.status !== 'approved'))

/** Sends it unless the server asked for patience; no two tabs do so at once. */
async function sendInTime(model: Model, own: OwnComment): Promise<void> {
  if ((own.notBefore ?? 0) > Date.now()) return
  const attempt = () => model.loaded.writing?.send(model, own)
  // A frame that may store nothing may lock nothing either, and has no other tab.
  await (navigator.locks?.request(`hankyo ${own.id}`, attempt).catch(attempt) ?? attempt())
}

/** Asks how a comment stands; what cannot be told now is left for the next time. */
export async function checkStatus(model: Model, own: OwnComment): Promise<void> {
  try {
    const { comment } = await callOwn<{ comment: Comment }>(model, own, 'GET', '')
    updateOwn(model, own, comment)
  } catch (error) {
    if ((error as ApiError).status === 404) forgetOwn(model, own)
  }
}

/** Takes over what the worker says of a comment, unless more is known, and tells the reader of a decision. */
export function updateOwn(model: Model, own: OwnComment, comment: Comment): void {
  const { writing } = model.loaded
  const now = comment.own
  const before = own.comment?.own
  if (!now || now.revision < (before?.revision ?? 0)) return
  if (before && before.status !== now.status) {
    model.said = writing?.sayStatus(model, { ...now, reason: '' })
    if (now.status === 'approved' && !comment.editedAt && model.thread) model.thread.count++
  }
  writing?.acceptAnswer(model, own, comment)
  // How long it may take is said in words that come with others.
  if (now.usualWait) loadWords(model, '.asked').then(model.changed, () => {})
}

/** No longer shows or remembers a comment. */
export function forgetOwn(model: Model, { id }: OwnComment): void {
  model.mine.delete(id)
  setItem(model, `own ${id}`, undefined)
  model.changed()
}
