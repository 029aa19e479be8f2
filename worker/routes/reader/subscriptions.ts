import { allowOrigin, type Ctx } from '../../access/identity.ts'
import { limitNetworks } from '../../access/limits.ts'
import { subscribe } from '../../commands/subscribe.ts'
import { newSubscription } from '../../contract/subscriptions.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { senderOf } from '../sender.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/sites/:site/subscriptions`: has a reader told by mail, once the owner of the address confirms it. */
export async function postSubscription(c: Ctx): Promise<Response> {
  const { site, sender } = await senderOf(c)
  allowOrigin(c, site)
  await limitNetworks(c, site, 'subscribe')
  const { title: _, ...wish } = parse(newSubscription, await readJson(c.req.raw))
  await subscribe(worldOf(c, site.id), { site, sender, wish })
  return c.json({}, 202)
}
