import type { Ctx } from '../access/identity.ts'
import type { World } from '../commands/world.ts'

/** What a command or a query works with when a request asks for it. */
export const worldOf = (c: Ctx): World => ({
  env: c.env,
  db: c.env.DB,
  now: Date.now(),
  defer: (work) => c.executionCtx.waitUntil(work),
  happened: c.get('happened'),
})
