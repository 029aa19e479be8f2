import type { Trouble } from './loadable.ts'
import type { Model } from './model.ts'

/** Every thread that stands on the page, with what tells its embedder what they have to mend. */
export const threads = new Map<Model, (trouble: Trouble) => unknown>()
