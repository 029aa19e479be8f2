import type { Comment, Own } from '../../../../worker/contract/comment.ts'
import type { Model } from '../../model/model.ts'
import type { Failure, Words } from '../../model/words.ts'
import { isKept } from './isKept.ts'

/** What went wrong, in words; in the server's own until ours are there. */
export function sayError({ say, knows }: Words, { code, limit = 0, message = '' }: Failure): string {
  const word = [code, 'internal'].find(knows)
  return word ? say(word, { limit }) : message
}

/** How one's own comment stands. A reason without words here is shown as the moderator typed it. */
export function sayStatus({ say, knows }: Words, { status, change, reason = '' }: Own): string {
  const word = change ?? status
  return knows(word) ? say(word, { reason: knows(reason) ? say(reason) : reason }) : ''
}

/** What only the author of a comment is told of it, or nothing. */
export function sayState(model: Model, comment: Comment): string {
  const own = model.mine.get(comment.id)
  if (own?.request) return model.say(own.tries ? (isKept() ? 'unsent' : 'unkept') : 'sending')
  if (!comment.own || (comment.own.change ?? comment.own.status) === 'approved') return ''
  // An edit waits: until it is decided others go on seeing what was approved before.
  const shown =
    comment.own.status === 'pending' && model.items.some(({ id, gone }) => id === comment.id && !gone)
  return shown ? model.say('pendingEdit') : sayStatus(model, comment.own)
}
