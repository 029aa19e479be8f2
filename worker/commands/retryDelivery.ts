import { Refusal } from '../http/refusal.ts'
import { retry } from '../store/deliveries.ts'
import type { World } from './world.ts'

/** Has tried again at once what was given up, or waits after a failure. @throws Refusal `not_found` */
export async function retryDelivery(
  { env, db, now }: World,
  { siteId, id }: { siteId: string; id: number },
): Promise<void> {
  const turn = await retry(db, { siteId, id, at: now })
  if (turn === null) throw new Refusal('not_found')
  await env.SCREENING.send({ v: 1, site: siteId, deliver: id, turn })
}
