import { allowOrigin, type Ctx, requireStrongToken } from '../../access/identity.ts'
import { limitNetworks } from '../../access/limits.ts'
import type { Reaction } from '../../commands/reaction.ts'
import { Refusal } from '../../http/refusal.ts'
import { senderOf } from '../sender.ts'

/**
 * Who likes or flags from a page of the site, and the comment that the path names.
 *
 * @throws Refusal `unknown_site`, `wrong_origin`, `invalid`, `unauthorized` or `rate_limited`
 */
export async function reactionOf(c: Ctx): Promise<Reaction> {
  const { site, sender } = await senderOf(c)
  allowOrigin(c, site)
  requireStrongToken(c)
  const { hash } = sender
  if (hash === null) throw new Refusal('unauthorized', { message: 'Send the reader’s token as a bearer.' })
  await limitNetworks(c, site, 'react')
  return { site, sender: { ...sender, hash }, id: (c.req.param('id') ?? '').toLowerCase() }
}
