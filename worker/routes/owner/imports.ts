import { requireKnownSite, requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { sitesOf } from '../../access/permissions.ts'
import { addImportSlice } from '../../commands/addImportSlice.ts'
import { changeImport, takeImportBack } from '../../commands/changeImport.ts'
import { startImport } from '../../commands/startImport.ts'
import { importCheck } from '../../contract/importChecks.ts'
import { importChange, importSliceBytes, importsQuery, newImport, newSlice } from '../../contract/imports.ts'
import type { Site } from '../../contract/site.ts'
import { parseJson, readJson, readText } from '../../http/body.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { enqueueImport } from '../../jobs/enqueue.ts'
import { importCheck as check } from '../../queries/importCheck.ts'
import { importOf, importsPage } from '../../queries/importsPage.ts'
import { importView } from '../../queries/importView.ts'
import * as sites from '../../store/sites.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/imports` */
export async function getImports(c: Ctx): Promise<Response> {
  const { site, cursor } = parse(importsQuery, single(c.req.queries()))
  await requireKnownSite(c, 'imports.read', site ?? null)
  const siteIds = sitesOf(c.get('moderator'), site ?? null)
  return c.json(await importsPage(worldOf(c, site ?? null), { siteIds, before: cursor ?? null }))
}

/** `POST /v1/imports` */
export async function postImport(c: Ctx): Promise<Response> {
  const asked = parse(newImport, await readJson(c.req.raw))
  requireSite(c, 'imports.change', asked.site, 'site')
  const site = await siteOf(c, asked.site)
  const { view, isNew } = await startImport(worldOf(c, asked.site), {
    ...{ asked, site, actor: c.get('moderator') },
  })
  return c.json(view, isNew ? 201 : 200)
}

/** `GET /v1/imports/:id` */
export const getImport = async (c: Ctx): Promise<Response> => c.json(importView((await importFor(c)).found))

/** `POST /v1/imports/:id/slices` */
export async function postSlice(c: Ctx): Promise<Response> {
  const { found } = await importFor(c)
  const slice = parse(newSlice, parseJson(await readText(c.req.raw, importSliceBytes)))
  const site = await siteOf(c, found.siteId)
  return c.json(await addImportSlice(worldOf(c, found.siteId), { found, site, slice }))
}

/** `PATCH /v1/imports/:id` */
export async function patchImport(c: Ctx): Promise<Response> {
  const { found } = await importFor(c)
  const change = parse(importChange, await readJson(c.req.raw))
  return c.json(await changeImport(worldOf(c, found.siteId), { found, change, actor: c.get('moderator') }))
}

/** `DELETE /v1/imports/:id` */
export async function deleteImport(c: Ctx): Promise<Response> {
  const { found } = await importFor(c)
  const view = await takeImportBack(worldOf(c, found.siteId), { found, actor: c.get('moderator') })
  if (view.state === 'undoing') await enqueueImport(c.env, { import: view.id, site: view.siteId })
  return c.json(view, 202)
}

/** `POST /v1/import-checks` */
export async function postImportCheck(c: Ctx): Promise<Response> {
  const asked = parse(importCheck, await readJson(c.req.raw))
  requireSite(c, 'imports.read', asked.site, 'site')
  return c.json(await check(worldOf(c, asked.site), asked))
}

const importFor = (c: Ctx) =>
  importOf(worldOf(c), c.get('moderator'), (c.req.param('id') ?? '').toLowerCase())

/** @throws Refusal `unknown_site` */
async function siteOf(c: Ctx, id: string): Promise<Site> {
  const site = await sites.find(worldOf(c, id).db, id)
  if (!site) throw new Refusal('unknown_site', { field: 'site' })
  return site
}
