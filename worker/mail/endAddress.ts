import type { Env } from '../env.ts'
import { everyDatabase, mainDatabase } from '../store/database.ts'
import { type BlockReason, block } from '../store/mailBlocks.ts'
import * as subscribers from '../store/subscribers.ts'
import { addressHash } from './addressHash.ts'

/**
 * Has nothing sent to an address any more, and ends all that readers there are told of, in the whole instance.
 *
 * @param but a subscriber whom somebody else ends
 */
export async function endAddress(
  env: Env,
  address: string,
  { why, at, but }: { why: BlockReason; at: number; but?: string | undefined },
): Promise<void> {
  const hash = await addressHash(env, address)
  await block(mainDatabase(env), hash, { why, at })
  const isComplaint = why === 'complained'
  await Promise.all(everyDatabase(env).map((db) => subscribers.endAddress(db, hash, { isComplaint, but })))
}
