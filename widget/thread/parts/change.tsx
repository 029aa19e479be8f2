import type { Comment, CommentEdit } from '../../../worker/contract.ts'
import type { ApiError } from '../../common/api.ts'
import { close, fail, keep, open } from '../drafts.ts'
import { call, type Model, tell } from '../model.ts'
import { check, forget, learn, type Own, tend } from '../own.ts'
import { get, set } from '../storage.ts'
import type { Failure } from '../words.ts'

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
    return
  }
  const draft = open(model, model.items.find(({ id }) => id === parentId)?.id ?? '')
  keep(model, draft, join(draft.body))
  draft.since ||= Date.now()
  fail(model, draft, error)
}

/** Gives an unsent comment back to be changed; should it have arrived unnoticed, it is withdrawn. */
export function takeBack(model: Model, own: Own): void {
  if (own.busy) return
  giveBack(model, own)
  call(model, 'DELETE', `comments/${own.id}`).catch(() => {})
}

/** Opens a composer with the latest text. */
export async function edit(model: Model, own: Own): Promise<void> {
  await check(model, own)
  const latest = own.comment?.own
  if (!latest) throw new Error('its text is not known')
  const { body, revision } = latest
  const draft = open(model, `edit-${own.id}`)
  draft.body = body
  draft.change = {
    label: model.say('editing'),
    button: model.say('save'),
    async save() {
      const edit: CommentEdit = { body: draft.body, revision }
      const { comment } = await call<{ comment: Comment }>(model, 'PATCH', `comments/${own.id}`, edit)
      close(model, draft)
      learn(model, own, comment)
      tend(model)
    },
  }
}

/** Asks first whether the reader means to withdraw it. */
export function withdraw(model: Model, own: Own): void {
  ask(model, own, true)
}

function ask(model: Model, own: Own, asking: boolean): void {
  own.question = asking ? Question : undefined
  model.focus = `withdraw-${own.id}`
  model.changed()
}

function Question({ model, own }: { model: Model; own: Own }) {
  const { say } = model
  return (
    <>
      <span class="quiet">{say('confirm')}</span>
      <button type="button" id={`withdraw-${own.id}`} onClick={() => ask(model, own, false)}>
        {say('keep')}
      </button>
      <button type="button" onClick={() => withdrawNow(model, own)}>
        {say('withdraw')}
      </button>
    </>
  )
}

/** Withdraws a comment for good; its place is left to its replies. */
async function withdrawNow(model: Model, own: Own): Promise<void> {
  try {
    await call(model, 'DELETE', `comments/${own.id}`)
  } catch (error) {
    const { status, detail } = error as ApiError
    if (status !== 404) {
      own.error = detail
      ask(model, own, false)
      return
    }
  }
  const item = model.items.find(({ id }) => id === own.id)
  if (own.status === 'approved' && model.thread) model.thread.count--
  if (item?.replies.count) item.gone = true
  else model.items = model.items.filter((other) => other !== item)
  forget(model, own)
  model.focus = 'body-'
  tell(model, model.say('withdrawn'))
}
