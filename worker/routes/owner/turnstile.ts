import { type Ctx, siteOf } from '../../access/identity.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { turnstileConfig } from '../../screeners/turnstile.ts'
import * as store from '../../store/turnstile.ts'

/** `PUT /v1/sites/:site/turnstile`: the secret that Turnstile gave to the site. It is never told again. */
export async function putTurnstile(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  const config = parse(turnstileConfig, await readJson(c.req.raw))
  await store.set(c.env.DB, config, changeOf(c, site.id))
  return c.body(null, 204)
}

/** `DELETE /v1/sites/:site/turnstile`: forgets the secret, unless the site still asks for Turnstile. */
export async function deleteTurnstile(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  if (site.settings.proof === 'turnstile')
    throw new Refusal('conflict', {
      message: 'The site asks for Turnstile: nobody could post. Ask for another proof first.',
    })
  if (!(await store.remove(c.env.DB, changeOf(c, site.id)))) throw new Refusal('not_found')
  return c.body(null, 204)
}

const changeOf = (c: Ctx, siteId: string) => ({ siteId, actor: c.get('moderator'), at: Date.now() })
