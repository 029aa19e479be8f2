import type { Ctx } from '../access/identity.ts'
import type { World } from '../commands/world.ts'
import { languagesLiked } from '../http/language.ts'
import { databaseOf, mainDatabase } from '../store/database.ts'

/** The world of a request that is about a site, or about the instance as a whole. */
export const worldOf = (c: Ctx, siteId: string | null = null): World => ({
  env: c.env,
  db: siteId === null ? mainDatabase(c.env) : databaseOf(c.env, siteId),
  now: Date.now(),
  languages: languagesLiked(c.req.header('accept-language')),
  defer: (work) => c.executionCtx.waitUntil(work),
  happened: c.get('happened'),
})
