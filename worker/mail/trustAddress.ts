import { blockReasons } from '../contract/notifications.ts'
import type { Env } from '../env.ts'
import { mainDatabase } from '../store/database.ts'
import { unblock } from '../store/mailBlocks.ts'
import { addressHash } from './addressHash.ts'

/**
 * Has mail sent again to an address that was confirmed, though some came back before.
 *
 * @param again whether whoever had confirmed it before asked for that: then a complaint is over, too, and otherwise stays
 */
export async function trustAddress(env: Env, address: string, again = false): Promise<void> {
  const over = again ? blockReasons : (['bounced', 'refused'] as const)
  await unblock(mainDatabase(env), await addressHash(env, address), over)
}
