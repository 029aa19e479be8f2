import type { Draft, Field, Submission } from './draft.ts'
import { loadWriting } from './loading.ts'
import { announce, type Model } from './model.ts'
import { getItem, setItem } from './storage.ts'

/** Opens a composer with the text left in it before, and gives it the focus unless it is the root's. */
export function openDraft(model: Model, id: string): Draft {
  let draft = model.drafts.get(id)
  if (!draft) {
    const body = getItem<string>(model, nameOf(model, id)) ?? ''
    draft = { id, body, since: id ? Date.now() : 0, errors: {} }
    model.drafts.set(id, draft)
  }
  if (id) {
    model.focus = `body-${id}`
    model.changed()
  }
  return draft
}

/** Closes a composer, leaving its text for the next time, and returns to the button that opened it. */
export function closeDraft(model: Model, { id, change }: Draft): void {
  if (!id) return
  model.drafts.delete(id)
  model.focus = change ? id : `reply-${id}`
  model.changed()
}

/** Notes when the form was first touched, and has loaded what it takes to submit it. */
export function touchDraft(model: Model, draft: Draft): void {
  draft.since ||= Date.now()
  model.changed()
  if (!model.loaded.writing) loadWriting(model).catch(() => announce(model, model.say('lacking')))
}

/** Takes over what was typed into a field. */
export function typeInto(model: Model, draft: Draft, field: Field, value: string): void {
  // It may have had the focus before the script was there.
  if (!draft.since) touchDraft(model, draft)
  if (field === 'body') saveDraft(model, draft, value)
  else model.author[field] = value
  model.loaded.writing?.respond(model, draft, field)
}

/** Submits a text as soon as what it takes is loaded; until then it stays in its form, before what is typed after it. */
export async function submitDraft(model: Model, draft: Draft, submission: Submission): Promise<void> {
  draft.submitted = submission
  // It may have had the focus before the script was there.
  draft.since ||= Date.now()
  model.changed()
  try {
    const { submit } = model.loaded.writing ?? (await loadWriting(model))
    const { submitted } = draft
    draft.submitted = undefined
    // It may have been pressed twice: the last counts.
    if (submitted) submit(model, draft, submitted)
  } catch {
    announce(model, model.say('lacking'))
  }
}

/** Tries again to load what it takes to write, and to submit what could not be submitted. */
export function retryWriting(model: Model): void {
  if (!model.lacking.has('writing')) return
  loadWriting(model).catch(() => {})
  for (const draft of model.drafts.values()) if (draft.submitted) submitDraft(model, draft, draft.submitted)
}

/** Remembers a text that is being written. */
export function saveDraft(model: Model, draft: Draft, body: string): void {
  draft.body = body
  if (!draft.change) setItem(model, nameOf(model, draft.id), body || undefined)
}

function nameOf({ thread }: Model, id: string): string {
  return `draft ${thread?.key} ${id}`
}
