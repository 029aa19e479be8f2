import type { ErrorDetail, NewComment } from '../../worker/contract.ts'
import type { ApiError } from '../common/api.ts'
import { newId } from './identity.ts'
import type { Model } from './model.ts'
import { type Own, post, save } from './own.ts'
import { get, set } from './storage.ts'
import { sayError } from './words.ts'

export const fields = ['body', 'name', 'email', 'url'] as const
export type Field = (typeof fields)[number]

/** A text being written. */
export interface Draft {
  id: string
  body: string
  /** When the form was first touched; 0 until then. */
  since: number
  /** What is wrong, in words, by field; '' is for the whole form. */
  errors: Partial<Record<Field | '', string>>
  /** The revision a change of one's own comment was made from. */
  revision?: number
}

/** Opens a composer with the text left in it before, and gives it the focus unless it is the root's. */
export function open(model: Model, id: string): Draft {
  let draft = model.drafts.get(id)
  if (!draft) {
    const body = get<string>(model, nameOf(model, id)) ?? ''
    draft = { id, body, since: id || body ? Date.now() : 0, errors: {} }
    model.drafts.set(id, draft)
  }
  if (id) focus(model, draft, 'body')
  return draft
}

/** Closes a composer, leaving its text for the next time, and returns to the button that opened it. */
export function close(model: Model, { id, revision }: Draft): void {
  if (!id) return
  model.drafts.delete(id)
  model.focus = revision ? id : `reply-${id}`
  model.changed()
}

/** The form was touched. */
export function touch(model: Model, draft: Draft): void {
  if (draft.since) return
  draft.since = Date.now()
  model.changed()
}

export function write(model: Model, draft: Draft, field: Field, value: string): void {
  const before = left(model, draft)
  if (field === 'body') keep(model, draft, value)
  else model.author[field] = value
  if (!draft.errors[field] && before === left(model, draft)) return
  delete draft.errors[field]
  model.changed()
}

/** Characters left, or undefined while there are plenty. */
export function left({ thread }: Model, { body }: Draft): number | undefined {
  const left = (thread?.bodyLimit ?? 0) - [...body].length
  return left < 300 ? left : undefined
}

/** Posts or saves what was written, unless something is missing. */
export function submit(model: Model, draft: Draft, trap: string): void {
  const error = check(model, draft)
  draft.errors = {}
  if (error) fail(model, draft, error)
  else if (draft.revision)
    save(model, draft).catch(({ detail }: ApiError) => {
      fail(model, draft, detail)
    })
  else send(model, draft, trap)
}

function check(model: Model, draft: Draft): Failure | undefined {
  if (!draft.body.trim()) return { code: 'missing', field: 'body' }
  if ((left(model, draft) ?? 0) < 0)
    return { code: 'too_long', field: 'body', limit: model.thread?.bodyLimit ?? 0 }
  if (!draft.revision && !model.author.name.trim()) return { code: 'missing', field: 'name' }
}

function send(model: Model, draft: Draft, trap: string): void {
  const { author, key, url, title } = model
  const request: NewComment = {
    id: newId(),
    key,
    url,
    title,
    parentId: draft.id || null,
    author: { name: author.name, email: author.email || undefined, url: author.url || undefined },
    body: draft.body,
    elapsedMs: Date.now() - draft.since,
    trap,
  }
  set(model, 'author', author)
  keep(model, draft, '')
  draft.since = 0
  close(model, draft)
  model.focus = `comment-${request.id}`
  post(model, request)
}

/** Puts a text that was not taken back into its composer, before anything written there since. */
export function giveBack(model: Model, { request, thread }: Own, error?: Failure): void {
  if (!request) return
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

type Failure = Pick<ErrorDetail, 'code' | 'field' | 'limit'>

function fail(model: Model, draft: Draft, error?: Failure): void {
  const field = fields.find((name) => error?.field?.endsWith(name))
  if (error) draft.errors[field ?? ''] = sayError(model, error)
  focus(model, draft, field ?? 'body')
}

function keep(model: Model, draft: Draft, body: string): void {
  draft.body = body
  if (!draft.revision) set(model, nameOf(model, draft.id), body || undefined)
}

function focus(model: Model, draft: Draft, field: Field): void {
  model.focus = `${field}-${draft.id}`
  model.changed()
}

function nameOf({ thread }: Model, id: string): string {
  return `draft ${thread?.key} ${id}`
}
