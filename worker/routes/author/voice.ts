import { allowOrigin, bearer, type Ctx, siteOf } from '../../access/identity.ts'
import { limitWriting } from '../../access/limits.ts'
import { postAsStaff } from '../../commands/postAsStaff.ts'
import { endVoice, speakerOf, takeVoice } from '../../commands/voices.ts'
import { staffComment, voiceTaking } from '../../contract/voices.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/sites/:site/voice`: a token for a code. */
export async function postVoice(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  allowOrigin(c, site)
  await limitWriting(c, site, null)
  const { code } = parse(voiceTaking, await readJson(c.req.raw))
  return c.json(await takeVoice(worldOf(c, site.id), site, code), 201)
}

/** `DELETE /v1/sites/:site/voice`: ends it. */
export async function deleteVoice(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  allowOrigin(c, site)
  await endVoice(worldOf(c, site.id), site, bearer(c) ?? '')
  return c.body(null, 204)
}

/** `POST /v1/sites/:site/voice/comments`: posts by it. */
export async function postWithVoice(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  allowOrigin(c, site)
  const world = worldOf(c, site.id)
  const writer = await speakerOf(world, site, bearer(c))
  const comment = parse(staffComment, await readJson(c.req.raw))
  const { isNew, ...published } = await postAsStaff(world, { site, writer, comment })
  return c.json(published, isNew ? 201 : 200)
}
