import type { Ctx } from '../access.ts'
import type { Health } from '../contract.ts'
import { sweepAfterMs } from '../screening.ts'
import * as screening from '../store/screening.ts'

/** `GET /v1/health`: whether comments are being screened; 503 when the database does not answer. */
export async function getHealth(c: Ctx): Promise<Response> {
  try {
    const { oldestPending, ...found } = await screening.health(c.env.DB)
    const oldestPendingSeconds =
      oldestPending === null ? null : Math.max(0, Math.round((Date.now() - oldestPending) / 1000))
    const late = found.unscreened > 0 && (oldestPendingSeconds ?? 0) * 1000 > 5 * sweepAfterMs
    const status = late || found.deadLetters > 0 ? 'degraded' : 'ok'
    return c.json({ status, database: 'ok', ...found, oldestPendingSeconds } satisfies Health)
  } catch (error) {
    console.error('health', String(error))
    const down: Health = {
      status: 'down',
      database: 'down',
      unscreened: 0,
      deadLetters: 0,
      oldestPendingSeconds: null,
    }
    return c.json(down, 503)
  }
}
