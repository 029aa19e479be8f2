import type { Draft, Field } from '../../model/draft.ts'
import type { Model } from '../../model/model.ts'
import { setItem } from '../../model/storage.ts'
import type { Failure } from '../../model/words.ts'
import { authorOf } from './authorOf.ts'

/** Shows what is wrong, at the field it is about, and goes there. */
export function showError(model: Model, draft: Draft, error?: Failure): void {
  const field = (['name', 'email', 'url', 'body'] as const).find((name) => error?.field?.endsWith(name))
  if (error) draft.errors[field ?? ''] = error
  draft.preview = undefined
  model.focus = `${field ?? 'body'}-${draft.id}`
  model.changed()
}

/** Remembers who writes, and draws the form anew where what was typed changes more of it than the field. */
export function respond(model: Model, draft: Draft, field: Field, value: string): void {
  if (field !== 'body') {
    authorOf(model)[field] = value
    setItem(model, 'author', model.author)
  }
  const left = charactersLeft(model, draft.body)
  if (draft.preview === undefined && !draft.errors[field] && draft.left === left) return
  draft.left = left
  delete draft.errors[field]
  model.changed()
}

/** Characters left, or undefined while there are plenty. */
export function charactersLeft({ thread }: Model, body: string): number | undefined {
  const left = (thread?.bodyLimit ?? 0) - [...body].length
  return left < 300 ? left : undefined
}
