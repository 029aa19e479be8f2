import type { NewComment } from '../../../worker/contract/comment.ts'
import type { ContentNode } from '../../../worker/contract/content.ts'
import type { ApiError } from '../../common/api.ts'
import { newId } from './identity.ts'
import type { Model } from './model.ts'
import { post, prepare } from './ownComments.ts'
import { get, set } from './storage.ts'
import type { Failure } from './words.ts'

/** What a form asks of its writer. */
export const personal = ['name', 'email', 'url'] as const
export type Field = 'body' | (typeof personal)[number]

/** A text being written. */
export interface Draft {
  id: string
  body: string
  /** When the form was first touched; 0 until then. */
  since: number
  /** What is wrong, by field; '' is for the whole form. */
  errors: Partial<Record<Field | '', Failure>>
  /** For a comment that is there already: how to change it. */
  change?: { label: string; button: string; optional?: true; save(): Promise<void> }
  /** What it will look like, while that is shown; and whether the help is. */
  preview?: ContentNode[] | undefined
  help?: boolean
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
export function close(model: Model, { id, change }: Draft): void {
  if (!id) return
  model.drafts.delete(id)
  model.focus = change ? id : `reply-${id}`
  model.changed()
}

/** The form was touched. */
export function touch(model: Model, draft: Draft): void {
  draft.since ||= Date.now()
  model.changed()
  if (!model.part) prepare(model).catch(() => {})
}

export function write(model: Model, draft: Draft, field: Field, value: string): void {
  // It may have had the focus before the script was there.
  if (!draft.since) touch(model, draft)
  const before = left(model, draft)
  if (field === 'body') keep(model, draft, value)
  else model.author[field] = value
  if (draft.preview) model.part?.render(draft)
  else if (!draft.errors[field] && before === left(model, draft)) return
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
  else if (draft.change) draft.change.save().catch(({ detail }: ApiError) => fail(model, draft, detail))
  else send(model, draft, trap)
}

function check(model: Model, draft: Draft): Failure | undefined {
  const missing = { code: 'missing', message: 'Please fill this in.' } as const
  const limit = model.thread?.bodyLimit ?? 0
  if (!draft.body.trim() && !draft.change?.optional) return { ...missing, field: 'body' }
  if ((left(model, draft) ?? 0) < 0)
    return { code: 'too_long', message: `At most ${limit} characters.`, field: 'body', limit }
  if (!draft.change && !model.author.name.trim()) return { ...missing, field: 'name' }
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

/** Shows what is wrong, at the field it is about, and goes there. */
export function fail(model: Model, draft: Draft, error?: Failure): void {
  const field = [...personal, 'body' as const].find((name) => error?.field?.endsWith(name))
  if (error) draft.errors[field ?? ''] = error
  focus(model, draft, field ?? 'body')
}

/** Remembers a text that is being written. */
export function keep(model: Model, draft: Draft, body: string): void {
  draft.body = body
  if (!draft.change) set(model, nameOf(model, draft.id), body || undefined)
}

function focus(model: Model, draft: Draft, field: Field): void {
  model.focus = `${field}-${draft.id}`
  model.changed()
}

function nameOf({ thread }: Model, id: string): string {
  return `draft ${thread?.key} ${id}`
}
