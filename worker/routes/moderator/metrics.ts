import { requireInstance } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { metricsType } from '../../contract/metrics.ts'
import { backupNewsIn } from '../../http/backupNews.ts'
import { metricsText } from '../../queries/metrics.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/metrics`: figures for Prometheus. */
export async function getMetrics(c: Ctx): Promise<Response> {
  requireInstance(c, 'stats.read')
  return c.body(await metricsText(worldOf(c), backupNewsIn(c)), 200, { 'content-type': metricsType })
}
