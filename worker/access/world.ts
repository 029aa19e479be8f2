import type { World } from '../commands/world.ts'
import { databaseOf, mainDatabase } from '../store/database.ts'
import type { Ctx } from './identity.ts'

/** The world of a request: about a site, or about none. */
export const worldOf = (c: Ctx, siteId?: string): World => ({
  env: c.env,
  db: siteId === undefined ? mainDatabase(c.env) : databaseOf(c.env, siteId),
  now: Date.now(),
  defer: (work) => c.executionCtx.waitUntil(work),
})
