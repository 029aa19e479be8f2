import * as pageChecks from './contract/pageChecks.ts'
import { postPageChecks, postSitemaps } from './routes/owner/pageChecks.ts'
import { post, type Route, staff } from './routes/route.ts'

/** Routes of moving in and out: what is asked about a site’s pages before comments come to them. A part of `routes.ts`. */
export const movingRoutes: Route[] = [
  ...staff('imports.change', [
    post('/v1/page-checks', postPageChecks, pageChecks.checkPages),
    post('/v1/sitemaps', postSitemaps, pageChecks.readSitemap),
  ]),
]
