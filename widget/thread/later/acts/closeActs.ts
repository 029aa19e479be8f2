import type { Model } from '../../model/model.ts'

/** Closes what else can be done about a comment, with the form for a report, and returns to what it was opened from. */
export function closeActs(model: Model, id: string): void {
  model.report = undefined
  model.acting = undefined
  model.focus = `acts-${id}`
  model.changed()
}
