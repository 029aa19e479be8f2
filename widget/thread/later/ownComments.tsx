import type { ComponentChildren } from 'preact'
import type { Appeal, Comment, CommentEdit } from '../../../worker/contract/comment.ts'
import type { ApiError } from '../../common/api.ts'
import { close, open } from '../model/drafts.ts'
import { call, type Model, tell } from '../model/model.ts'
import { type Own, send } from '../model/ownComments.ts'
import type { Word } from '../model/words.ts'
import { Composer } from '../view/Composer.tsx'
import { Problem } from '../view/Problem.tsx'
import { lasting } from './names.ts'
import { check, forget, giveBack, givesBack, learn, tend } from './ownActions.ts'
import { Preview, paste, render, Tools } from './writing.tsx'

export { givesBack, Preview, paste, render, Tools, tend }

/** This file, for whoever waits for it. */
export interface Part {
  OwnActions: typeof OwnActions
  Warnings: typeof Warnings
  tend: typeof tend
  givesBack: typeof givesBack
  Tools: typeof Tools
  Preview: typeof Preview
  paste: typeof paste
  render: typeof render
}

/** Gives an unsent comment back to be changed; should it have arrived unnoticed, it is withdrawn. */
function takeBack(model: Model, own: Own): void {
  if (own.busy) return
  giveBack(model, own)
  call(model, 'DELETE', `comments/${own.id}`).catch(() => {})
}

/** Opens a composer with the latest text. */
async function edit(model: Model, own: Own): Promise<void> {
  own.error = undefined
  await check(model, own)
  const latest = own.comment?.own
  if (!latest) {
    own.error = { code: 'unavailable' }
    model.changed()
    return
  }
  const { body, revision } = latest
  const draft = open(model, `edit-${own.id}`)
  draft.body = body
  draft.change = {
    label: model.say('editing'),
    button: model.say('save'),
    async save() {
      // Nothing changed: it need not wait for anybody again.
      if (draft.body === body) return close(model, draft)
      const edit: CommentEdit = { body: draft.body, revision }
      const { comment } = await call<{ comment: Comment }>(model, 'PATCH', `comments/${own.id}`, edit)
      close(model, draft)
      learn(model, own, comment)
      tend(model)
    },
  }
}

/** Opens a form to ask that a person looks at a refusal again. */
function appeal(model: Model, own: Own): void {
  const draft = open(model, `appeal-${own.id}`)
  draft.change = {
    label: model.say('appealNote'),
    button: model.say('appealSend'),
    optional: true,
    async save() {
      const request: Appeal = draft.body.trim() ? { note: draft.body } : {}
      const { comment } = await call<{ comment: Comment }>(
        model,
        'POST',
        `comments/${own.id}/appeal`,
        request,
      )
      close(model, draft)
      learn(model, own, comment)
      tell(model, model.say('appealed'))
      tend(model)
    },
  }
}

/** Asks first whether the reader means to withdraw it, or no longer. */
function ask(model: Model, own: Own, asking: boolean): void {
  own.asking = asking
  own.error = undefined
  model.focus = `withdraw-${own.id}`
  model.changed()
}

/** Withdraws a comment for good; its place is left to its replies. */
async function withdraw(model: Model, own: Own): Promise<void> {
  try {
    await call(model, 'DELETE', `comments/${own.id}`)
  } catch (error) {
    const { status, detail } = error as ApiError
    if (status !== 404) {
      ask(model, own, false)
      own.error = detail
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

/** What keeps a text from being sent, or from being kept until it can be. */
export function Warnings({ model: { say } }: { model: Model }) {
  return (
    <>
      {navigator.onLine || <p class="notice">{say('offline')}</p>}
      {lasting() || <p class="notice">{say('unkept')}</p>}
    </>
  )
}

/** What the author of a comment can do about it. */
export function OwnActions({ model, own }: { model: Model; own: Own }): ComponentChildren {
  const { id, request, asking, until, status = '' } = own
  const button = (word: Word, act: () => void, name?: string) => (
    <button key={word} type="button" id={name && `${name}-${id}`} onClick={act}>
      {model.say(word)}
    </button>
  )
  const actions = request
    ? own.tries && [button('now', () => send(model, own)), button('back', () => takeBack(model, own))]
    : asking
      ? [
          <span class="quiet" key="">
            {model.say('confirm')}
          </span>,
          button('keep', () => ask(model, own, false), 'withdraw'),
          button('withdraw', () => withdraw(model, own)),
        ]
      : [
          until && Date.parse(until) > Date.now() && button('edit', () => edit(model, own), 'edit'),
          own.comment?.own?.appealable && button('appeal', () => appeal(model, own), 'appeal'),
          /rejected|spam|deleted/.test(status)
            ? button('hide', () => forget(model, own))
            : button('withdraw', () => ask(model, own, true), 'withdraw'),
        ]
  const asked = model.drafts.get(`appeal-${id}`)
  return [
    asked ? <Composer key="appeal" model={model} draft={asked} label={asked.change?.label ?? ''} /> : actions,
    <Problem key="error" model={model} error={own.error} role="alert" />,
  ]
}
