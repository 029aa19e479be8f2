import type { Model } from './model.ts'

/** Every thread that stands on the page, and where. */
export const threads = new Map<Model, ShadowRoot>()
