import type { Draft } from '../../model/draft.ts'
import type { Model } from '../../model/model.ts'
import { closeDraft } from './closeDraft.ts'

/** What keys do in a form: Escape closes it, Enter with Ctrl or Cmd sends it, and letters with those put formatting. */
export function pressKey(model: Model, draft: Draft, event: KeyboardEvent): void {
  const { key, isComposing, keyCode, ctrlKey, metaKey } = event
  // Safari tells of the Enter that ends a composition only by its key code.
  if (isComposing || keyCode === 229) {
    if (key === 'Enter') event.preventDefault()
  } else if (key === 'Escape') closeDraft(model, draft)
  else if (ctrlKey || metaKey) {
    if (key === 'Enter') (event.currentTarget as HTMLFormElement).requestSubmit()
    else model.loaded.formatting?.formatByKey(model, event)
  }
}
