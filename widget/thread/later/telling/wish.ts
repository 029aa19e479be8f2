import type { NewComment } from '../../../../worker/contract/comment.ts'
import type { Draft } from '../../model/draft.ts'
import type { Model } from '../../model/model.ts'
import { getItem, setItem } from '../../model/storage.ts'
import type { Failure } from '../../model/words.ts'

/** What the author of a comment may be told, with the words for it. */
export const choices = [
  ['fate', 'tellFate'],
  ['replies', 'tellReplies'],
] as const

type Choice = (typeof choices)[number][0]

/** The address of whoever writes, as remembered from the last time: it is there once the form is. */
export const emailOf = ({ author }: Model): string => author?.email ?? ''

/** What this reader ticked: in the form that they sent, or else the last time. */
export const ticked = (model: Model): string[] => model.subscribe ?? getItem<Choice[]>(model, 'telling') ?? []

/** Remembers what a reader ticks, in this browser alone. */
export function tick(model: Model, choice: Choice, on: boolean): void {
  const others = ticked(model).filter((one) => one !== choice)
  setItem(model, 'telling', on ? [...others, choice] : others)
  model.changed()
}

/** What is missing where somebody wants to be told; undefined where nothing is. */
export const wishError = (model: Model, { change }: Draft): Failure | undefined =>
  !change && ticked(model).length > 0 && !emailOf(model).trim()
    ? { code: 'missing', message: 'Please fill this in.', field: 'email' }
    : undefined

/** Has a comment say what its author wants to be told, and where. */
export function addWish(model: Model, request: NewComment): void {
  const email = emailOf(model)
  const subscribe = ticked(model)
  if (!email.trim()) return
  request.author.email = email
  if (subscribe.length > 0) Object.assign(request, { subscribe, locale: model.tag })
}
