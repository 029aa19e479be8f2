import * as exports from './contract/exports.ts'
import * as importChecks from './contract/importChecks.ts'
import * as imports from './contract/imports.ts'
import * as pageChecks from './contract/pageChecks.ts'
import * as restores from './contract/restores.ts'
import * as threadMoves from './contract/threadMoves.ts'
import {
  deleteThreadMove,
  getThreadMove,
  getThreadMoves,
  postThreadMove,
  postThreadMoveChecks,
} from './routes/moderator/threadMoves.ts'
import { postRestore } from './routes/operator/restores.ts'
import { getJsonLines, getSiteExport } from './routes/owner/exports.ts'
import {
  deleteImport,
  getImport,
  getImports,
  patchImport,
  postImport,
  postImportCheck,
  postSlice,
} from './routes/owner/imports.ts'
import { postPageChecks, postSitemaps } from './routes/owner/pageChecks.ts'
import { get, lines, patch, post, type Route, remove, staff } from './routes/route.ts'

const siteFiles = Object.keys(exports.siteExports) as exports.SiteExport[]

/**
 * Routes of moving in and out: what is asked about a site’s pages before comments come to them, what leaves, and what is
 * put back. A part of `routes.ts`.
 */
export const movingRoutes: Route[] = [
  ...staff('imports.change', [
    post('/v1/page-checks', postPageChecks, pageChecks.checkPages),
    post('/v1/sitemaps', postSitemaps, pageChecks.readSitemap),
    post('/v1/imports', postImport, imports.startImport),
  ]),
  ...staff('imports.read', [
    get('/v1/imports', getImports, imports.listImports),
    post('/v1/import-checks', postImportCheck, importChecks.checkImport),
  ]),
  ...staff({ may: 'imports.read', thing: 'import' }, [get('/v1/imports/:id', getImport, imports.readImport)]),
  ...staff({ may: 'imports.change', thing: 'import' }, [
    post('/v1/imports/:id/slices', postSlice, imports.addSlice),
    patch('/v1/imports/:id', patchImport, imports.changeImport),
    remove('/v1/imports/:id', deleteImport, imports.takeImportBack),
  ]),
  ...staff('threads.change', [
    post('/v1/thread-moves', postThreadMove, threadMoves.moveThread),
    get('/v1/thread-moves', getThreadMoves, threadMoves.listThreadMoves),
    post('/v1/thread-move-checks', postThreadMoveChecks, threadMoves.checkMoves),
  ]),
  ...staff({ may: 'threads.change', thing: 'threadMove' }, [
    get('/v1/thread-moves/:id', getThreadMove, threadMoves.readThreadMove),
    remove('/v1/thread-moves/:id', deleteThreadMove, threadMoves.undoThreadMove),
  ]),
  ...staff('sites.export', [
    get('/v1/exports/hankyo.jsonl', getJsonLines, exports.exportLines),
    ...siteFiles.map((file) =>
      get(`/v1/exports/${file}`, (c) => getSiteExport(c, file), exports.exportSite(file)),
    ),
  ]),
  ...lines('operator', [post('/v1/restores', postRestore, restores.restorePart)]),
]
