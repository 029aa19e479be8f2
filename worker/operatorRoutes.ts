import * as health from './contract/health.ts'
import * as searchIndex from './contract/searchIndex.ts'
import { getHealth } from './routes/operator/health.ts'
import { deleteSearchIndex, getSearchIndex, postSearchIndex } from './routes/operator/searchIndex.ts'
import { get, lines, post, type Route, remove } from './routes/route.ts'

/** Routes of who runs the instance: how it does, and the full-text index. A part of `routes.ts`. */
export const operatorRoutes: Route[] = [
  ...lines('anyone', [get('/v1/health', getHealth, health.readHealth)]),
  ...lines('operator', [
    get('/v1/search-index', getSearchIndex, searchIndex.readIndex),
    post('/v1/search-index', postSearchIndex, searchIndex.extendIndex),
    remove('/v1/search-index', deleteSearchIndex, searchIndex.emptyIndex),
  ]),
]
