import type { Env } from '../env.ts'
import { everyDatabase, mainDatabase } from '../store/database.ts'
import { type BlockReason, block } from '../store/mailBlocks.ts'
import * as subscribers from '../store/subscribers.ts'
import { addressHash } from './addressHash.ts'

/**
 * Has nothing sent to some addresses any more, and ends all that readers there are told of, in the whole instance. It takes
 * the same few statements however many they are.
 *
 * @param but a subscriber whom somebody else ends
 */
export async function endAddresses(
  env: Env,
  addresses: string[],
  { why, at, but }: { why: BlockReason; at: number; but?: string | undefined },
): Promise<void> {
  const hashes = await Promise.all(addresses.map((address) => addressHash(env, address)))
  await block(mainDatabase(env), hashes, { why, at })
  const isComplaint = why === 'complained'
  await Promise.all(
    everyDatabase(env).map((db) => subscribers.endAddresses(db, hashes, { isComplaint, but })),
  )
}
