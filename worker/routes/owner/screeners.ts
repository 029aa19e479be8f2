import { type Ctx, siteOf } from '../../access/identity.ts'
import { removeScreener } from '../../commands/removeScreener.ts'
import { setScreener } from '../../commands/setScreener.ts'
import type { Page } from '../../contract/page.ts'
import { type Screener, type ScreenerKind, screeners } from '../../contract/screeners.ts'
import { readJson } from '../../http/body.ts'
import { Refusal } from '../../http/refusal.ts'
import { inOrder, targetOf } from '../../screeners/services.ts'
import * as store from '../../store/screeners.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/sites/:site/screeners` */
export async function getScreeners(c: Ctx): Promise<Response> {
  const { id } = await siteOf(c)
  const found = inOrder(await store.list(worldOf(c, id).db, id))
  const items = found.map(({ kind, config, last }) => ({ kind, target: targetOf({ kind, config }), last }))
  return c.json({ items, next: null } satisfies Page<Screener>)
}

/**
 * `PUT /v1/sites/:site/screeners/:kind`: configures one, in place of what was configured before. A
 * secret that is made here can be read in this answer only.
 */
export async function putScreener(c: Ctx): Promise<Response> {
  const { id: siteId } = await siteOf(c)
  const kind = kindOf(c)
  const input = await readJson(c.req.raw)
  return c.json(await setScreener(worldOf(c, siteId), { siteId, kind, input, actor: c.get('moderator') }))
}

/** `DELETE /v1/sites/:site/screeners/:kind` */
export async function deleteScreener(c: Ctx): Promise<Response> {
  const { id: siteId } = await siteOf(c)
  await removeScreener(worldOf(c, siteId), { siteId, kind: kindOf(c), actor: c.get('moderator') })
  return c.body(null, 204)
}

function kindOf(c: Ctx): ScreenerKind {
  const kind = screeners.find((one) => one === c.req.param('kind'))
  if (!kind) throw new Refusal('not_found')
  return kind
}
