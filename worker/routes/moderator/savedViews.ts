import { personOf } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { changeView } from '../../commands/changeView.ts'
import { removeView } from '../../commands/removeView.ts'
import { viewOf } from '../../commands/savedView.ts'
import { saveView } from '../../commands/saveView.ts'
import { newView, viewChange } from '../../contract/savedViews.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import * as savedViews from '../../store/savedViews.ts'
import { worldOf } from '../world.ts'

const idOf = (c: Ctx) => (c.req.param('view') ?? '').toLowerCase()

/** `GET /v1/views`: one's own, and those that others share. */
export async function getViews(c: Ctx): Promise<Response> {
  const by = personOf(c)
  const rows = await savedViews.list(worldOf(c).db, by.id, sitesOf(by))
  return c.json({ items: rows.map((row) => viewOf(row, by.id)), next: null })
}

/** `POST /v1/views` */
export async function postView(c: Ctx): Promise<Response> {
  const by = personOf(c)
  const { view, isNew } = await saveView(worldOf(c), { view: parse(newView, await readJson(c.req.raw)), by })
  return c.json(view, isNew ? 201 : 200)
}

/** `PATCH /v1/views/:view` */
export async function patchView(c: Ctx): Promise<Response> {
  const by = personOf(c)
  const change = parse(viewChange, await readJson(c.req.raw))
  return c.json(await changeView(worldOf(c), { id: idOf(c), change, by }))
}

/** `DELETE /v1/views/:view` */
export async function deleteView(c: Ctx): Promise<Response> {
  await removeView(worldOf(c), { id: idOf(c), by: personOf(c) })
  return c.body(null, 204)
}
