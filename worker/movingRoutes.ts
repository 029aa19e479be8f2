import * as exports from './contract/exports.ts'
import * as pageChecks from './contract/pageChecks.ts'
import * as restores from './contract/restores.ts'
import { postRestore } from './routes/operator/restores.ts'
import { getJsonLines, getSiteExport } from './routes/owner/exports.ts'
import { postPageChecks, postSitemaps } from './routes/owner/pageChecks.ts'
import { get, lines, post, type Route, staff } from './routes/route.ts'

const siteFiles = Object.keys(exports.siteExports) as exports.SiteExport[]

/**
 * Routes of moving in and out: what is asked about a site’s pages before comments come to them, what leaves, and what is
 * put back. A part of `routes.ts`.
 */
export const movingRoutes: Route[] = [
  ...staff('imports.change', [
    post('/v1/page-checks', postPageChecks, pageChecks.checkPages),
    post('/v1/sitemaps', postSitemaps, pageChecks.readSitemap),
  ]),
  ...staff('sites.export', [
    get('/v1/exports/hankyo.jsonl', getJsonLines, exports.exportLines),
    ...siteFiles.map((file) =>
      get(`/v1/exports/${file}`, (c) => getSiteExport(c, file), exports.exportSite(file)),
    ),
  ]),
  ...lines('operator', [post('/v1/restores', postRestore, restores.restorePart)]),
]
