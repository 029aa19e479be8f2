import type { NewComment } from '../../../../worker/contract/comment.ts'
import type { ApiError } from '../../../common/api.ts'
import type { Draft } from '../../model/draft.ts'
import { closeDraft, saveDraft } from '../../model/drafts.ts'
import type { Model } from '../../model/model.ts'
import { setItem } from '../../model/storage.ts'
import type { Failure } from '../../model/words.ts'
import { charactersLeft, showError } from './errors.ts'
import { post } from './outbox.ts'

/** Posts or saves what was written, unless something is missing. */
export function submit(model: Model, draft: Draft, trap: string): void {
  const error = findError(model, draft)
  draft.errors = {}
  if (error) showError(model, draft, error)
  else if (draft.change) draft.change.save().catch(({ detail }: ApiError) => showError(model, draft, detail))
  else postDraft(model, draft, trap)
}

function findError(model: Model, draft: Draft): Failure | undefined {
  const missing = { code: 'missing', message: 'Please fill this in.' } as const
  const limit = model.thread?.bodyLimit ?? 0
  if (!draft.body.trim() && !draft.change?.optional) return { ...missing, field: 'body' }
  if ((charactersLeft(model, draft) ?? 0) < 0)
    return { code: 'too_long', message: `At most ${limit} characters.`, field: 'body', limit }
  if (!draft.change && !model.author.name.trim()) return { ...missing, field: 'name' }
}

function postDraft(model: Model, draft: Draft, trap: string): void {
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
  setItem(model, 'author', author)
  saveDraft(model, draft, '')
  draft.since = 0
  draft.preview = false
  closeDraft(model, draft)
  model.focus = `comment-${request.id}`
  post(model, request)
}

/** A random UUID, on insecure origins too, where `crypto.randomUUID` is missing. */
function newId(): string {
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (+digit ^ ((crypto.getRandomValues(new Uint8Array(1))[0] as number) & (15 >> (+digit / 4)))).toString(16),
  )
}
