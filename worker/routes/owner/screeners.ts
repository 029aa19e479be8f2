import { type Ctx, siteOf } from '../../access/identity.ts'
import type { Page } from '../../contract/page.ts'
import { type Screener, type ScreenerKind, screeners } from '../../contract/screeners.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { inOrder, services, targetOf } from '../../screeners/services.ts'
import * as store from '../../store/screeners.ts'

/** `GET /v1/sites/:site/screeners` */
export async function getScreeners(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  const items = inOrder(await store.list(c.env.DB, site.id)).map(view)
  return c.json({ items, next: null } satisfies Page<Screener>)
}

/**
 * `PUT /v1/sites/:site/screeners/:kind`: configures one, in place of what was configured before. A
 * secret that is made here can be read in this answer only.
 */
export async function putScreener(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  const kind = kindOf(c)
  const service = services[kind]
  const input = await readJson(c.req.raw)
  const config = parse(service.config, input)
  await service.verify?.(config, c.env)
  await store.set(c.env.DB, config, {
    ...changeBy(c),
    siteId: site.id,
    kind,
    target: targetOf({ kind, config }),
  })
  return c.json({ ...view({ kind, config, last: null }), ...made(input, config) })
}

/** `DELETE /v1/sites/:site/screeners/:kind` */
export async function deleteScreener(c: Ctx): Promise<Response> {
  const site = await siteOf(c)
  const kind = kindOf(c)
  const known = (await store.list(c.env.DB, site.id)).find((one) => one.kind === kind)
  const removed =
    known &&
    (await store.remove(c.env.DB, { ...changeBy(c), siteId: site.id, kind, target: targetOf(known) }))
  if (!removed) throw new Refusal('not_found')
  return c.body(null, 204)
}

const changeBy = (c: Ctx) => ({ actor: c.get('moderator'), at: Date.now() })

function kindOf(c: Ctx): ScreenerKind {
  const kind = screeners.find((one) => one === c.req.param('kind'))
  if (!kind) throw new Refusal('not_found')
  return kind
}

const view = ({ kind, config, last }: store.StoredScreener): Screener => ({
  kind,
  target: targetOf({ kind, config }),
  last,
})

/** The secret that was made because none was given. */
function made(input: unknown, config: unknown): { secret?: string } {
  const { secret } = config as { secret?: string }
  return secret !== undefined && (input as { secret?: string }).secret === undefined ? { secret } : {}
}
