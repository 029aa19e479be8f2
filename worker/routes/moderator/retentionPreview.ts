import { type Ctx, siteOf } from '../../access/identity.ts'
import { retentionProposal } from '../../contract/retentionPreview.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { retentionPreview } from '../../queries/retentionPreview.ts'
import { worldOf } from '../world.ts'

/** `POST /v1/sites/:site/retention-preview`: what would be removed if things were kept for other times. */
export async function postRetentionPreview(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  const { settings } = parse(retentionProposal, await readJson(c.req.raw))
  return c.json(await retentionPreview(worldOf(c, site.id), site.id, settings))
}
