import type { Trouble } from './loadable.ts'
import type { Model } from './model.ts'

interface Shown {
  root: ShadowRoot
  /** Tells whoever embeds the thread what they have to mend. */
  advise(trouble: Trouble): unknown
}

/** Every thread that stands on the page. */
export const threads = new Map<Model, Shown>()
