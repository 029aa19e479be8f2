import type { ErrorDetail } from '../../../../worker/contract/errors.ts'
import type { ThreadPage } from '../../../../worker/contract/thread.ts'
import { draftOf, saveDraft } from '../../model/drafts.ts'
import type { Failed } from '../../model/loadable.ts'
import type { Model } from '../../model/model.ts'
import type { OwnComment } from '../../model/ownComment.ts'
import { getItem, setItem } from '../../model/storage.ts'
import type { Failure } from '../../model/words.ts'
import { forgetOwn } from './followUp.ts'

/** Returns to its form what was refused for good, which the answer tells; anything else can be sent again. */
export function returnRefused(model: Model, own: OwnComment, error: Failed): boolean {
  const { status } = error
  own.slow = error.detail.code === 'slow_mode'
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
    returnToForm(model, own, detail)
    // Here it is the embedder who must act.
    if (detail.code === 'wrong_origin') console.error('hankyo:', detail.message)
    model.emit('error', detail)
  }
  return refused
}

/** Browsers keep the answer from pages of other origins than the site's, so these can't be told by it. */
function isForeign({ thread, loaded }: Model): boolean {
  return !!thread && loaded.watch?.isRegistered(thread.origins) === false
}

const foreignOrigin: ErrorDetail = {
  code: 'wrong_origin',
  message: `${globalThis.origin} is not registered for this site.`,
}

/** Puts a text that was not taken back into its form, before anything written there since. */
export function returnToForm(model: Model, own: OwnComment, error?: Failure): void {
  const { request, thread } = own
  if (!request) return
  forgetOwn(model, own)
  const { body, parentId } = request
  const join = (later?: string) => (later ? `${body}\n\n${later}` : body)
  if (thread !== model.thread?.key) {
    const name = `draft ${thread} ${parentId ?? ''}`
    setItem(model, name, join(getItem(model, name)))
  } else {
    const draft = draftOf(model, model.items.find(({ id }) => id === parentId)?.id ?? '')
    saveDraft(model, draft, join(draft.body))
    draft.since ||= Date.now()
    model.loaded.writing?.showError(model, draft, error)
  }
}
