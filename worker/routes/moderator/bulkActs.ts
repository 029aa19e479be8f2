import { requireKnownSite, requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { startBulkAct } from '../../commands/startBulkAct.ts'
import { turnBulkAct } from '../../commands/turnBulkAct.ts'
import {
  type BulkAct,
  type BulkFilter,
  bulkActChange,
  bulkCommentsQuery,
  bulkFilter,
  newBulkAct,
} from '../../contract/bulkActs.ts'
import { readJson } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { enqueueBulk } from '../../jobs/enqueue.ts'
import { catchUp } from '../../jobs/indexComments.ts'
import { bulkActOf, bulkActsPage, bulkActView, bulkComments } from '../../queries/bulkActsPage.ts'
import { bulkPreview } from '../../queries/bulkPreview.ts'
import type { ActFilter } from '../../queries/soughtComments.ts'
import { worldOf } from '../world.ts'
import { searchOf } from './search.ts'

/** The sites that a filter is about. */
async function sitesIn(c: Ctx, { site }: BulkFilter): Promise<string[] | null> {
  await requireKnownSite(c, 'comments.decide', site || null)
  return sitesOf(c.get('moderator'), site || null)
}

/** Steps by which the full-text index follows what happened, before matches are counted. */
const mostSteps = 3

/** A filter as it is looked for: its search is understood, and the index has what happened a moment ago. */
async function sought(c: Ctx, filter: BulkFilter, field: string): Promise<ActFilter> {
  if (!filter.q) return filter
  const { inEmails } = searchOf(c, filter.q, field)
  await catchUp(worldOf(c, filter.site || null), mostSteps)
  return { ...filter, inEmails }
}

/** `GET /v1/bulk-acts/preview` */
export async function getBulkPreview(c: Ctx): Promise<Response> {
  const filter = parse(bulkFilter, single(c.req.queries()))
  const siteIds = await sitesIn(c, filter)
  const world = worldOf(c, filter.site || null)
  return c.json(await bulkPreview(world, { filter: await sought(c, filter, 'q'), siteIds }))
}

/** `POST /v1/bulk-acts` */
export async function postBulkAct(c: Ctx): Promise<Response> {
  const asked = parse(newBulkAct, await readJson(c.req.raw))
  const { filter, ban } = asked
  const siteIds = await sitesIn(c, filter)
  if (ban) requireSite(c, 'bans.change', ban.siteId, 'ban.siteId')
  if (ban && ban.siteId !== filter.site)
    throw new Refusal('invalid', {
      field: 'ban.siteId',
      message: 'The ban and the comments must be of one site: name it in `filter.site`, too.',
    })
  const world = worldOf(c, filter.site || null)
  const wanted = { ...asked, filter: await sought(c, filter, 'filter.q'), siteIds }
  const act = await startBulkAct(world, { ...wanted, actor: c.get('moderator') })
  return goOn(c, act, filter.site, 202)
}

/** Answers with an act, and has its work go on. */
async function goOn(c: Ctx, act: BulkAct, site: string | undefined, status: 200 | 202): Promise<Response> {
  if (act.state === 'working' || act.state === 'undoing')
    await enqueueBulk(c.env, { bulk: act.id, ...(site && { site }) })
  return c.json(act, status)
}

/** `GET /v1/bulk-acts` */
export const getBulkActs = async (c: Ctx): Promise<Response> =>
  c.json(await bulkActsPage(worldOf(c), c.get('moderator')))

const known = (c: Ctx) => bulkActOf(worldOf(c), c.get('moderator'), c.req.param('id') ?? '')

/** `GET /v1/bulk-acts/:id` */
export const getBulkAct = async (c: Ctx): Promise<Response> => c.json(await bulkActView(await known(c)))

/** `GET /v1/bulk-acts/:id/comments` */
export async function getBulkComments(c: Ctx): Promise<Response> {
  const { cursor } = parse(bulkCommentsQuery, single(c.req.queries()))
  return c.json(await bulkComments(await known(c), cursor ?? null))
}

/** `PATCH /v1/bulk-acts/:id` */
export async function patchBulkAct(c: Ctx): Promise<Response> {
  const { state } = parse(bulkActChange, await readJson(c.req.raw))
  return turn(c, state === 'stopped' ? 'stop' : 'resume', 200)
}

/** `DELETE /v1/bulk-acts/:id` */
export const deleteBulkAct = (c: Ctx): Promise<Response> => turn(c, 'undo', 202)

async function turn(c: Ctx, to: 'stop' | 'resume' | 'undo', status: 200 | 202): Promise<Response> {
  const { act, db } = await known(c)
  const { site }: BulkFilter = JSON.parse(act.filter)
  const turned = await turnBulkAct({ ...worldOf(c), db }, { act, turn: to, actor: c.get('moderator') })
  return goOn(c, turned, site, status)
}
