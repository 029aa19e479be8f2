import type { ComponentChildren } from 'preact'
import type { Appeal, Comment, CommentEdit, ErrorDetail, ThreadPage } from '../../../worker/contract.ts'
import type { ApiError } from '../../common/api.ts'
import { Composer } from '../Composer.tsx'
import { close, fail, keep, open } from '../drafts.ts'
import { call, type Model, report, tell } from '../model.ts'
import { type Own, send, take } from '../own.ts'
import { Problem } from '../Problem.tsx'
import { preview } from '../preview.ts'
import { get, set } from '../storage.ts'
import { type Failure, sayStatus, type Word } from '../words.ts'
import { lasting, names } from './names.ts'
import { Preview, paste, render, Tools } from './writing.tsx'

export { Preview, paste, render, Tools }

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

/** Asks how a comment stands. */
async function check(model: Model, own: Own): Promise<void> {
  try {
    const { comment } = await call<{ comment: Comment }>(model, 'GET', `comments/${own.id}`)
    learn(model, own, comment)
  } catch (error) {
    if ((error as ApiError).status === 404) forget(model, own)
  }
}

/** Takes over what the worker says of a comment, unless more is known, and tells the reader of a decision. */
function learn(model: Model, own: Own, comment: Comment): void {
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
function forget(model: Model, { id }: Own): void {
  model.mine.delete(id)
  set(model, `own ${id}`, undefined)
  model.changed()
}

/** Gives back what was refused for good, which is told by the answer; anything else can be sent again. */
export function givesBack(model: Model, own: Own, error: ApiError): boolean {
  const { status } = error
  if (error.detail.code === 'proof_needed') {
    // The site may have begun to ask for it, or for another, since the thread was loaded.
    const { proof } = error.body as Pick<ThreadPage['thread'], 'proof'>
    if (model.thread) Object.assign(model.thread, { proof })
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
  const { origin, protocol, hostname } = location
  const known = thread?.origins
  return !!known && !known.includes(origin) && !known.includes(`${protocol}//${hostname}:*`)
}

const foreignOrigin: ErrorDetail = {
  code: 'wrong_origin',
  message: `${location.origin} is not registered for this site: npm run admin -- site set ID --origin …`,
}

/** Puts a text that was not taken back into its composer, before anything written there since. */
function giveBack(model: Model, own: Own, error?: Failure): void {
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
      const { comment } = await call<{ comment: Comment }>(model, 'POST', `comments/${own.id}/appeal`, request)
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
