import type { Comment } from '../../../worker/contract/comment.ts'
import type { Draft, Field, Submission } from './draft.ts'
import { loadWriting } from './loading.ts'
import type { Model } from './model.ts'
import { getItem, setItem } from './storage.ts'

/** An open composer, or a new one with the text left in it before: in this tab, or else in another. */
export function draftOf(model: Model, id: string): Draft {
  const name = draftName(model, id)
  const body = getItem<string>(model, name, 'sessionStorage') ?? getItem<string>(model, name) ?? ''
  const draft = model.drafts.get(id) ?? { id, body, since: id || body ? Date.now() : 0, errors: {} }
  model.drafts.set(id, draft)
  return draft
}

/** Opens a composer and goes there. */
export function openDraft(model: Model, id: string): Draft {
  model.focus = `body-${id}`
  // Comments that are drawn after it would push it out of view.
  model.hurried = true
  model.changed()
  return draftOf(model, id)
}

/** Opens the answers again that were being written in this tab, without going there. */
export function reopenDrafts(model: Model, items: Comment[]): void {
  for (const { id } of items)
    if (!model.thread?.closed && getItem(model, draftName(model, id), 'sessionStorage')) draftOf(model, id)
}

/** Notes when the form was first touched, and has loaded what it takes to submit it. */
export function touchDraft(model: Model, draft: Draft): void {
  draft.since ||= Date.now()
  model.changed()
  loadWriting(model).catch(() => {})
}

/** Takes over what was typed into a field. */
export function typeInto(model: Model, draft: Draft, field: Field, value: string): void {
  // It may have had the focus before the script was there.
  if (!draft.since) touchDraft(model, draft)
  if (field === 'body') saveDraft(model, draft, value)
  model.loaded.writing?.respond(model, draft, field, value)
}

/** Submits a text as soon as what it takes is loaded; until then it stays in its form, before what is typed after it. */
export async function submitDraft(model: Model, draft: Draft, submission: Submission): Promise<void> {
  draft.submitted = submission
  // It may have had the focus before the script was there.
  draft.since ||= Date.now()
  model.changed()
  try {
    const { submit } = await loadWriting(model)
    const { submitted } = draft
    draft.submitted = undefined
    // It may have been pressed twice: the last counts.
    if (submitted) submit(model, draft, submitted)
  } catch {}
}

/** Tries again to load what it takes to write, and to submit what could not be submitted. */
export function retryWriting(model: Model): void {
  if (!model.lacking.has('writing')) return
  loadWriting(model).catch(() => {})
  for (const draft of model.drafts.values()) if (draft.submitted) submitDraft(model, draft, draft.submitted)
}

/** Remembers a text that is being written, for this tab and for the next. What another tab has written stays. */
export function saveDraft(model: Model, draft: Draft, body: string): void {
  const name = draftName(model, draft.id)
  if (!draft.change) {
    if (body || getItem(model, name) === draft.body) setItem(model, name, body || undefined)
    setItem(model, name, body || undefined, 'sessionStorage')
  }
  draft.body = body
}

/** What a text is remembered by, whatever became of its thread meanwhile. */
export const draftName = ({ thread }: Model, id: string): string => `draft ${thread?.key} ${id}`
