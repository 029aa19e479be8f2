import { allowOrigin, type Ctx, siteOf } from '../../access/identity.ts'
import { limitNetworks } from '../../access/limits.ts'
import { challengeFor } from '../../access/proof.ts'
import { newChallenge } from '../../contract/proof.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'

/**
 * `POST /v1/sites/:site/challenges`: work to be done before the comment of an id is sent. It is there whether
 * the site asks for it or not: a page may know of the settings as they were.
 */
export async function postChallenge(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  allowOrigin(c, site)
  await limitNetworks(c, site, 'challenge')
  const { id } = parse(newChallenge, await readJson(c.req.raw))
  return c.json({ challenge: await challengeFor(c.env, site, id, Date.now()) })
}
