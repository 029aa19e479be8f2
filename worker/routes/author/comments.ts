import { allowOrigin, type Ctx, requireStrongToken } from '../../access/identity.ts'
import { limitWriting, quotaOf } from '../../access/limits.ts'
import type { Sender } from '../../access/sender.ts'
import { type Accepted, postComment as post } from '../../commands/postComment.ts'
import { newComment } from '../../contract/comment.ts'
import type { Site } from '../../contract/site.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { senderOf } from '../sender.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/sites/:site/comments`: stores a comment, to be screened. */
export async function postComment(c: Ctx): Promise<Response> {
  const { site, sender } = await senderOf(c)
  allowOrigin(c, site)
  requireStrongToken(c)
  const { posted, isNew } = await acceptComment(c, { site, sender }, () => readJson(c.req.raw))
  return c.json(posted, isNew ? 202 : 200)
}

/**
 * Takes a comment in, whichever way it came.
 *
 * @param read gives what was sent, unchecked, once the sender may send
 * @throws Refusal for whatever keeps it from being stored
 */
export async function acceptComment(
  c: Ctx,
  { site, sender }: { site: Site; sender: Sender },
  read: () => Promise<unknown>,
): Promise<Accepted> {
  await limitWriting(c, site, sender.author)
  const comment = parse(newComment(site.settings.bodyLimit), await read())
  return post(worldOf(c, site.id), { site, sender, comment, quota: quotaOf(c, site) })
}
