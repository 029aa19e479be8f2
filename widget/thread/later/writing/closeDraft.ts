import type { Draft } from '../../model/draft.ts'
import { draftName } from '../../model/drafts.ts'
import type { Model } from '../../model/model.ts'
import { setItem } from '../../model/storage.ts'

/** Closes a composer, leaving its text for the next time it is opened, and returns to the button that opened it. */
export function closeDraft(model: Model, { id, change, body }: Draft): void {
  if (!id) return
  model.drafts.delete(id)
  // It is not opened again by itself.
  setItem(model, draftName(model, id), undefined, 'sessionStorage')
  if (body && !change) setItem(model, draftName(model, id), body)
  model.focus = change ? id : `reply-${id}`
  model.changed()
}
