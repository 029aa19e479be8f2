import type { NewComment } from '../../../../worker/contract/comment.ts'
import type { ApiError } from '../../../common/api.ts'
import type { Draft, Submission } from '../../model/draft.ts'
import { saveDraft } from '../../model/drafts.ts'
import type { Model } from '../../model/model.ts'
import type { Failure } from '../../model/words.ts'
import { authorOf } from './authorOf.ts'
import { closeDraft } from './closeDraft.ts'
import { charactersLeft, showError } from './errors.ts'
import { post } from './outbox.ts'

/** Posts or saves what was written, unless something is missing. */
export function submit(model: Model, draft: Draft, submission: Submission): void {
  // The page may be another by now: the text stays with the thread it was written in.
  if (!model.loaded.watch?.followPage(model)) return
  const error = findError(model, draft, submission)
  draft.errors = {}
  if (error) showError(model, draft, error)
  else if (draft.change) draft.change.save().catch(({ detail }: ApiError) => showError(model, draft, detail))
  else postDraft(model, draft, submission)
}

function findError(model: Model, draft: Draft, { body }: Submission): Failure | undefined {
  const missing = { code: 'missing', message: 'Please fill this in.' } as const
  const limit = model.thread?.bodyLimit ?? 0
  if (!body.trim() && !draft.change?.optional) return { ...missing, field: 'body' }
  if ((charactersLeft(model, body) ?? 0) < 0)
    return { code: 'too_long', message: `At most ${limit} characters.`, field: 'body', limit }
  if (!draft.change && !authorOf(model).name.trim()) return { ...missing, field: 'name' }
  return model.loaded.telling?.wishError(model, draft)
}

function postDraft(model: Model, draft: Draft, { body, trap }: Submission): void {
  const { key, url } = model
  const author = authorOf(model)
  const request: NewComment = {
    id: newId(),
    key,
    url,
    title: model.loaded.watch?.cutTitle(model.page().title) ?? '',
    parentId: draft.id || null,
    author: { name: author.name, url: author.url || undefined },
    body,
    elapsedMs: Date.now() - draft.since,
    trap,
  }
  model.loaded.telling?.addWish(model, request)
  const rest = typedSince(draft, body)
  saveDraft(model, draft, rest)
  draft.since = rest ? Date.now() : 0
  draft.preview = undefined
  // Who is writing on keeps the form and the focus.
  if (!rest) {
    closeDraft(model, draft)
    model.focus = `comment-${request.id}`
  }
  post(model, request)
}

/** What was typed after a text was sent off; all of it where that text itself was changed. */
const typedSince = (draft: Draft, sent: string) =>
  draft.body.startsWith(sent) ? draft.body.slice(sent.length).trimStart() : draft.body

/** A random UUID, on insecure origins too, where `crypto.randomUUID` is missing. */
function newId(): string {
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (+digit ^ ((crypto.getRandomValues(new Uint8Array(1))[0] as number) & (15 >> (+digit / 4)))).toString(16),
  )
}
