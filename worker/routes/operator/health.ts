import { type Ctx, identify } from '../../access/identity.ts'
import type { Health } from '../../contract/health.ts'
import { sweepAfterMs } from '../../jobs/sweep.ts'
import { health } from '../../store/unscreened.ts'

/** `GET /v1/health`: whether comments are being screened, in figures for staff; 503 when the database does not answer. */
export async function getHealth(c: Ctx): Promise<Response> {
  try {
    const { oldestPending, oldestUnscreened, ...found } = await health(c.env.DB)
    const oldestPendingSeconds =
      oldestPending === null ? null : Math.max(0, Math.round((Date.now() - oldestPending) / 1000))
    const late = oldestUnscreened !== null && Date.now() - oldestUnscreened > 5 * sweepAfterMs
    const status = late || found.deadLetters > 0 ? 'degraded' : 'ok'
    const told: Health = { status, database: 'ok' }
    const known = await identify(c, Date.now())
    return c.json(known ? { ...told, ...found, oldestPendingSeconds } : told)
  } catch (error) {
    console.error('health', String(error))
    return c.json({ status: 'down', database: 'down' } satisfies Health, 503)
  }
}
