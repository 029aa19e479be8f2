import type { Comment } from '../../../worker/contract/comment.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'
import type { ApiError } from '../../common/api.ts'
import { fail, keep, open } from '../model/drafts.ts'
import { call, type Model, report } from '../model/model.ts'
import { type Own, send, take } from '../model/ownComments.ts'
import { isRegistered } from '../model/page.ts'
import { preview } from '../model/pendingComment.ts'
import { get, set } from '../model/storage.ts'
import { type Failure, sayStatus } from '../model/words.ts'
import { names } from './names.ts'

/**
 * Sends what is unsent and asks about what is undecided, again and again, less and less often,
 * until nothing is left to do.
 */
export async function tend(model: Model, delay = 2_000): Promise<void> {
  clearTimeout(model.timer)
  for (const id of names(model, 'own ')) {
    const own = model.mine.get(id) ?? get<Own>(model, `own ${id}`)
    if (!own) continue
    model.mine.set(id, own)
    if (own.request && own.thread === model.thread?.key) own.comment ??= preview(own.request)
  }
  const open = [...model.mine.values()].filter(isOpen(model))
  await Promise.all(open.map((own) => (own.request ? sendInTime : check)(model, own)))
  clearTimeout(model.timer)
  model.changed()
  if (model.run && [...model.mine.values()].some(isOpen(model)))
    model.timer = setTimeout(tend, delay * (0.75 + Math.random() / 2), model, Math.min(delay * 2, 60_000))
}

const isOpen =
  ({ thread }: Model) =>
  (own: Own) =>
    own.request ||
    (own.thread === thread?.key &&
      (own.status === 'pending' ? !document.hidden : !own.comment && own.status !== 'approved'))

/** Sends it unless the server asked for patience; no two tabs do so at once. */
async function sendInTime(model: Model, own: Own): Promise<void> {
  if ((own.notBefore ?? 0) > Date.now()) return
  const attempt = () => send(model, own)
  await (navigator.locks ? navigator.locks.request(`hankyo ${own.id}`, attempt) : attempt())
}

/** Asks how a comment stands; what cannot be told now is left for the next time. */
export async function check(model: Model, own: Own): Promise<void> {
  try {
    const { comment } = await call<{ comment: Comment }>(model, 'GET', `comments/${own.id}`)
    learn(model, own, comment)
  } catch (error) {
    if ((error as ApiError).status === 404) forget(model, own)
  }
}

/** Takes over what the worker says of a comment, unless more is known, and tells the reader of a decision. */
export function learn(model: Model, own: Own, comment: Comment): void {
  const now = comment.own
  const before = own.comment?.own
  if (!now || now.revision < (before?.revision ?? 0)) return
  if (before && before.status !== now.status) {
    model.said = sayStatus(model, { ...now, reason: '' })
    if (now.status === 'approved' && !comment.editedAt && model.thread) model.thread.count++
  }
  take(model, own, comment)
}

/** No longer shows or remembers a comment. */
export function forget(model: Model, { id }: Own): void {
  model.mine.delete(id)
  set(model, `own ${id}`, undefined)
  model.changed()
}

/** Gives back what was refused for good, which is told by the answer; anything else can be sent again. */
export function givesBack(model: Model, own: Own, error: ApiError): boolean {
  const { status } = error
  if (error.detail.code === 'proof_needed') {
    // The site may have begun to ask for it, or for another, since the thread was loaded.
    const told = error.body as Pick<ThreadPage['thread'], 'proof'> | undefined
    if (told && model.thread) Object.assign(model.thread, { proof: told.proof })
    return false
  }
  const foreign = status === 0 && isForeign(model)
  const refused = foreign || (status > 399 && status < 500 && status !== 408 && status !== 429)
  const detail = foreign ? foreignOrigin : error.detail
  if (refused) {
    giveBack(model, own, detail)
    report(model, detail)
  }
  return refused
}

/** Browsers keep the answer from pages of other origins than the site's, so these can't be told by it. */
function isForeign({ thread }: Model): boolean {
  return !!thread && !isRegistered(thread.origins)
}

const foreignOrigin: ErrorDetail = {
  code: 'wrong_origin',
  message: `${location.origin} is not registered for this site: npm run admin -- site set ID --origin …`,
}

/** Puts a text that was not taken back into its composer, before anything written there since. */
export function giveBack(model: Model, own: Own, error?: Failure): void {
  const { request, thread } = own
  if (!request) return
  forget(model, own)
  const { body, parentId } = request
  const join = (later?: string) => (later ? `${body}\n\n${later}` : body)
  if (thread !== model.thread?.key) {
    const name = `draft ${thread} ${parentId ?? ''}`
    set(model, name, join(get(model, name)))
  } else {
    const draft = open(model, model.items.find(({ id }) => id === parentId)?.id ?? '')
    keep(model, draft, join(draft.body))
    draft.since ||= Date.now()
    fail(model, draft, error)
  }
}
