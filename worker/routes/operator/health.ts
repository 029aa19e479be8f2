import { type Ctx, identify } from '../../access/identity.ts'
import type { Health } from '../../contract/health.ts'
import { backupNewsIn } from '../../http/backupNews.ts'
import { healthOf } from '../../queries/healthOf.ts'
import { ping } from '../../store/database.ts'
import { worldOf } from '../world.ts'

/**
 * `GET /v1/health`: whether the database answers, 503 when it does not. Staff of all sites learn whether comments are
 * being screened, too, in figures: it would tell strangers that a comment waits.
 */
export async function getHealth(c: Ctx): Promise<Response> {
  try {
    const world = worldOf(c)
    const known = await identify(c, world.now)
    if (known?.sites === '*') return c.json((await healthOf(world, backupNewsIn(c))) satisfies Health)
    await ping(world.db)
    return c.json({ status: 'ok', database: 'ok' } satisfies Health)
  } catch (error) {
    console.error('health', String(error))
    return c.json({ status: 'down', database: 'down' } satisfies Health, 503)
  }
}
