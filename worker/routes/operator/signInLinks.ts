import type { Ctx } from '../../access/identity.ts'
import { makeSignInLink } from '../../commands/makeSignInLink.ts'
import { newSignInLink } from '../../contract/session.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { publicUrl } from '../../http/publicUrl.ts'
import { iso } from '../../store/database.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/sign-in-links`: a link that signs a member of staff in, once. */
export async function postSignInLink(c: Ctx): Promise<Response> {
  const asked = parse(newSignInLink, await readJson(c.req.raw))
  const { token, expiresAt } = await makeSignInLink(worldOf(c), asked)
  const url = `${publicUrl(c)}/dashboard#sign-in=${token}`
  return c.json({ token, url, expiresAt: iso(expiresAt) }, 201)
}
