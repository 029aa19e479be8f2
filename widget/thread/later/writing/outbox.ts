import type { Comment, NewComment, Posted } from '../../../../worker/contract/comment.ts'
import type { ApiError } from '../../../common/api.ts'
import { followOwnComments, loadOwnComments } from '../../model/loading.ts'
import { announce, type Model } from '../../model/model.ts'
import type { OwnComment } from '../../model/ownComment.ts'
import { getItem, setItem } from '../../model/storage.ts'
import { callSite } from './callSite.ts'
import { isKept } from './isKept.ts'
import { pendingComment } from './pendingComment.ts'

/** Sends a new comment, now or as soon as that is possible. */
export function post(model: Model, request: NewComment): void {
  const own: OwnComment = {
    id: request.id,
    thread: model.thread?.key ?? '',
    request,
    comment: pendingComment(request),
  }
  storeOwn(model, own)
  send(model, own)
  followOwnComments(model)
}

/** Sends a comment unless it is being sent. */
export async function send(model: Model, own: OwnComment): Promise<void> {
  if (own.busy) return
  own.busy = true
  model.changed()
  await trySending(model, own)
  own.busy = false
  model.changed()
}

async function trySending(model: Model, own: OwnComment): Promise<void> {
  // Another tab may have sent it, or taken it back.
  const request = getItem<OwnComment>(model, `own ${own.id}`)?.request
  own.request = request
  if (!request) return
  try {
    if (model.thread?.proof) request.proof = await (await model.load('proof')).prove(model, request)
    const { comment, token } = await callSite<Posted>(model, 'POST', 'comments', request)
    if (token) setItem(model, 'token', token)
    acceptAnswer(model, own, comment)
    model.emit('posted', { id: own.id, status: own.status })
    await loadOwnComments(model).catch(() => {})
    announce(model, model.say(own.status === 'approved' ? 'sent' : 'waiting'))
  } catch (error) {
    // Where its answer cannot be understood yet, it stays unsent; when it is sent again the answer is the same again.
    const ownComments = await loadOwnComments(model).catch(() => undefined)
    if (ownComments?.returnRefused(model, own, error as ApiError)) return
    own.tries = (own.tries ?? 0) + 1
    own.notBefore = Date.now() + (error as ApiError).retryAfter
    storeOwn(model, own)
    announce(model, model.say(isKept() ? (ownComments ? 'later' : 'unsent') : 'unkept'))
  }
}

/** Takes over what the worker says of a comment. */
export function acceptAnswer(model: Model, own: OwnComment, comment: Comment): void {
  if (own.thread === model.thread?.key) own.comment = comment
  own.request = undefined
  const now = comment.own
  if (now) {
    own.status = now.status
    own.until = now.editableUntil
  }
  storeOwn(model, own)
}

/** Remembers a comment for this page and the next. */
function storeOwn(model: Model, own: OwnComment): void {
  const { comment, busy, asking, error, ...kept } = own
  model.mine.set(own.id, own)
  setItem(model, `own ${own.id}`, kept)
  model.changed()
}
