import type { Appeal, Comment, CommentEdit } from '../../../../worker/contract/comment.ts'
import type { ApiError } from '../../../common/api.ts'
import { openDraft } from '../../model/drafts.ts'
import { announce, type Model } from '../../model/model.ts'
import type { OwnComment } from '../../model/ownComment.ts'
import { callOwn } from './callOwn.ts'
import { checkStatus, followUp, forgetOwn, updateOwn } from './followUp.ts'
import { returnToForm } from './refused.ts'

/** Gives an unsent comment back to be changed; should it have arrived unnoticed, it is withdrawn. */
export function takeBack(model: Model, own: OwnComment): void {
  if (own.busy) return
  returnToForm(model, own)
  callOwn(model, own, 'DELETE', '').catch(() => {})
}

/** Opens a composer with the latest text. */
export async function editOwn(model: Model, own: OwnComment): Promise<void> {
  own.error = undefined
  await checkStatus(model, own)
  const latest = own.comment?.own
  if (!latest) {
    own.error = { code: 'unavailable' }
    model.changed()
    return
  }
  const { body, revision } = latest
  const draft = openDraft(model, `edit-${own.id}`)
  draft.body = body
  draft.change = {
    label: model.say('editing'),
    button: model.say('save'),
    async save() {
      // Nothing changed: it need not wait for anybody again.
      if (draft.body === body) return model.loaded.writing?.closeDraft(model, draft)
      const edit: CommentEdit = { body: draft.body, revision }
      const { comment } = await callOwn<{ comment: Comment }>(model, own, 'PATCH', '', edit)
      model.loaded.writing?.closeDraft(model, draft)
      updateOwn(model, own, comment)
      followUp(model)
    },
  }
}

/** Opens a form to ask that a person looks at a refusal again. */
export function appealRefusal(model: Model, own: OwnComment): void {
  const draft = openDraft(model, `appeal-${own.id}`)
  draft.change = {
    label: model.say('appealNote'),
    button: model.say('appealSend'),
    optional: true,
    async save() {
      const request: Appeal = draft.body.trim() ? { note: draft.body } : {}
      // Another tab may have asked before: the answer tells what became of it.
      const { comment } = await callOwn<{ comment: Comment }>(model, own, 'POST', '/appeal', request).catch(
        (error) => (error.body?.comment ? error.body : Promise.reject(error)),
      )
      model.loaded.writing?.closeDraft(model, draft)
      updateOwn(model, own, comment)
      if (own.status === 'pending') announce(model, model.say('appealed'))
      followUp(model)
    },
  }
}

/** Asks first whether the reader means to withdraw it, or no longer. */
export function askWithdrawal(model: Model, own: OwnComment, asking: boolean): void {
  own.asking = asking
  own.error = undefined
  model.focus = `withdraw-${own.id}`
  model.changed()
}

/** Withdraws a comment for good; its place is left to its replies. */
export async function withdrawOwn(model: Model, own: OwnComment): Promise<void> {
  try {
    await callOwn(model, own, 'DELETE', '')
  } catch (error) {
    const { status, detail } = error as ApiError
    if (status !== 404) {
      askWithdrawal(model, own, false)
      own.error = detail
      return
    }
  }
  const item = model.items.find(({ id }) => id === own.id)
  if (own.status === 'approved' && model.thread) model.thread.count--
  if (item?.replies.count) item.gone = true
  else model.items = model.items.filter((other) => other !== item)
  forgetOwn(model, own)
  model.focus = 'body-'
  announce(model, model.say('withdrawn'))
}
