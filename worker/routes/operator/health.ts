import { type Ctx, identify } from '../../access/identity.ts'
import type { Health } from '../../contract/health.ts'
import { healthOf } from '../../queries/healthOf.ts'
import { worldOf } from '../world.ts'

/**
 * `GET /v1/health`: whether comments are being screened, in figures for staff of all sites; 503 when the database
 * does not answer.
 */
export async function getHealth(c: Ctx): Promise<Response> {
  try {
    const world = worldOf(c)
    const { status, database, ...figures } = await healthOf(world)
    const known = await identify(c, world.now)
    return c.json({ status, database, ...(known?.sites === '*' && figures) } satisfies Health)
  } catch (error) {
    console.error('health', String(error))
    return c.json({ status: 'down', database: 'down' } satisfies Health, 503)
  }
}
