import type { Ctx } from '../../access/identity.ts'
import { restorePart } from '../../commands/restorePart.ts'
import { longestPart } from '../../contract/exportLimits.ts'
import { restoreQuery } from '../../contract/restores.ts'
import { readText } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/restores?site=`: a part of an export, as it was answered. */
export async function postRestore(c: Ctx): Promise<Response> {
  const { site = null } = parse(restoreQuery, single(c.req.queries()))
  const text = await readText(c.req.raw, longestPart)
  return c.json(await restorePart(worldOf(c, site), site, text))
}
