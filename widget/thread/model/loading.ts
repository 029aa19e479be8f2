import type { ApiError } from '../../common/api.ts'
import type { Loadable } from './loadable.ts'
import { isOver, type Model } from './model.ts'
import { getItem } from './storage.ts'
import { loadWords } from './words.ts'

/** Loads what readers ask for with the words it needs. Rejects where any cannot be had now. */
export async function loadAsked<Name extends keyof Loadable<Model>>(
  model: Model,
  name: Name,
  kind: '.asked' | '.more' = '.asked',
): Promise<Loadable<Model>[Name]> {
  const [part] = await Promise.all([model.load(name), loadWords(model, kind)])
  model.loaded[name] ??= part
  model.changed()
  return part
}

/** Loads what it takes to submit a text. Words for what goes wrong may come later: the server has its own for that. */
export async function loadWriting(model: Model): Promise<Loadable<Model>['writing']> {
  if (model.loaded.writing) return model.loaded.writing
  loadWords(model, '.more').then(model.changed, () => {})
  try {
    const [writing, watch] = await Promise.all([
      model.load('writing'),
      model.load('watch'),
      loadWords(model, '.writing'),
    ])
    model.lacking.delete('writing')
    model.loaded.watch = watch
    // A second try may bring a module twice: the form that is filled in keeps the first.
    model.loaded.writing ??= writing
    return model.loaded.writing
  } catch (error) {
    model.lacking.add('writing')
    throw error
  } finally {
    model.changed()
  }
}

/** Loads what sees to the reader's own comments, with what sends them. */
export async function loadOwnComments(model: Model): Promise<Loadable<Model>['ownComments']> {
  const [part] = await Promise.all([loadAsked(model, 'ownComments', '.more'), loadWriting(model)])
  return part
}

/** Sees to the reader's own comments: who has a token has sent some, and a private link brings some. */
export async function followOwnComments(model: Model): Promise<void> {
  if (!model.thread || (!getItem(model, 'token') && !/^#comment.*\./.test(location.hash))) return
  try {
    await (await loadOwnComments(model)).followUp(model)
    model.lacking.delete('ownComments')
  } catch {
    model.lacking.add('ownComments')
  }
  model.changed()
}

/** Does something that readers do besides reading and writing. Where a button of theirs asked for it, it is said beside that if it cannot be done. */
export async function withReactions(
  model: Model,
  act: (reactions: Loadable<Model>['reactions']) => unknown,
  place?: string,
): Promise<void> {
  try {
    const reactions = await loadAsked(model, 'reactions')
    if (!isOver(model)) await act(reactions)
    model.stuck = undefined
  } catch (error) {
    model.stuck = place ?? model.stuck
    model.emit('error', (error as ApiError).detail ?? { code: 'unavailable' })
  }
  model.changed()
}
