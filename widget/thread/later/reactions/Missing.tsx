import type { Model } from '../../model/model.ts'

/** Notes that the comment which a link leads to is not there. */
export function noteMissing(model: Model): void {
  model.missed = true
}

/** Tells of it, unless the comment is the reader's own. */
export function Missing({ model: { missed, linked = '', mine, say } }: { model: Model }) {
  return missed && !mine.get(linked)?.comment ? <p class="notice">{say('absent')}</p> : null
}
