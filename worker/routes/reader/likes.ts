import type { Ctx } from '../../access/identity.ts'
import type { Liked } from '../../contract/reactions.ts'
import { publish } from '../../events/publish.ts'
import { Refusal } from '../../http/refusal.ts'
import * as likes from '../../store/likes.ts'
import { worldOf } from '../world.ts'
import { othersComment, readerOf } from './reaction.ts'

const day = 86_400

/** `PUT /v1/sites/:site/comments/:id/like`: a reader likes another's comment, once. */
export async function putLike(c: Ctx): Promise<Response> {
  const reader = await readerOf(c)
  const comment = await othersComment(c, reader)
  const liked = await likes.add(c.env.DB, comment, reader, reader.now)
  if (liked.changed) publish(worldOf(c), [{ act: 'comment.like', ...comment }])
  if (!liked.counted)
    throw new Refusal('rate_limited', {
      message: 'Enough likes of this comment came from your network today.',
      retryAfter: day - (Math.floor(reader.now / 1000) % day),
    })
  return c.json({ likes: liked.likes } satisfies Liked)
}

/** `DELETE /v1/sites/:site/comments/:id/like`: they do so no more. */
export async function deleteLike(c: Ctx): Promise<Response> {
  const reader = await readerOf(c)
  const comment = await othersComment(c, reader)
  const left = await likes.remove(c.env.DB, comment, reader)
  if (left.changed) publish(worldOf(c), [{ act: 'comment.unlike', ...comment }])
  return c.json({ likes: left.likes } satisfies Liked)
}
