import type { Ctx } from '../../access/identity.ts'
import { likeComment, unlikeComment } from '../../commands/likeComment.ts'
import type { Liked } from '../../contract/reactions.ts'
import { worldOf } from '../world.ts'
import { reactionOf } from './reaction.ts'

/** `PUT /v1/sites/:site/comments/:id/like`: a reader likes another's comment, once. */
export async function putLike(c: Ctx): Promise<Response> {
  const reaction = await reactionOf(c)
  return c.json({ likes: await likeComment(worldOf(c, reaction.site.id), reaction) } satisfies Liked)
}

/** `DELETE /v1/sites/:site/comments/:id/like`: they do so no more. */
export async function deleteLike(c: Ctx): Promise<Response> {
  const reaction = await reactionOf(c)
  return c.json({ likes: await unlikeComment(worldOf(c, reaction.site.id), reaction) } satisfies Liked)
}
