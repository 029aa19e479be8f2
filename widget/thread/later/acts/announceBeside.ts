import { announce, type Model } from '../../model/model.ts'

/** Tells what came of an act on a comment, to eyes and ears. */
export function announceBeside(model: Model, id: string, words: string): void {
  model.told = { id, words }
  announce(model, words)
}
