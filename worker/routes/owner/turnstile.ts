import { type Ctx, siteOf } from '../../access/identity.ts'
import { removeTurnstile } from '../../commands/removeTurnstile.ts'
import { setTurnstile } from '../../commands/setTurnstile.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { turnstileConfig } from '../../screeners/turnstile.ts'
import { worldOf } from '../world.ts'

/** `PUT /v1/sites/:site/turnstile`: the secret that Turnstile gave to the site. It is never told again. */
export async function putTurnstile(c: Ctx): Promise<Response> {
  const { id: siteId } = await siteOf(c)
  const config = parse(turnstileConfig, await readJson(c.req.raw))
  await setTurnstile(worldOf(c, siteId), { siteId, config, actor: c.get('moderator') })
  return c.body(null, 204)
}

/** `DELETE /v1/sites/:site/turnstile`: forgets the secret, unless the site still asks for Turnstile. */
export async function deleteTurnstile(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  await removeTurnstile(worldOf(c, site.id), { site, actor: c.get('moderator') })
  return c.body(null, 204)
}
