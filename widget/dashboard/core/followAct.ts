import type { BulkAct } from '../../../worker/contract/bulkActs.ts'
import { type Connection, detailOf } from './connection.ts'

/** Milliseconds between two looks at an act that is at work. */
const pace = 600

const isAtWork = ({ state }: BulkAct) => state === 'working' || state === 'undoing'

/** Looks at an act until it is at work no more; each time `told` is given how it stands. */
export async function followAct(
  connection: Connection,
  act: BulkAct,
  told: (now: BulkAct) => void,
): Promise<BulkAct> {
  let now = act
  told(now)
  while (isAtWork(now)) {
    await new Promise((resolve) => setTimeout(resolve, pace))
    try {
      now = (await connection.ask<BulkAct>('GET', `/v1/bulk-acts/${act.id}`)).data
      told(now)
    } catch (reason) {
      if (detailOf(reason).code === 'not_found') break
    }
  }
  return now
}
