import type { Env } from '../env.ts'
import { mainDatabase } from '../store/database.ts'
import { unblock } from '../store/mailBlocks.ts'
import { addressHash } from './addressHash.ts'

/** Has mail sent again to an address that was confirmed, though some came back before. A complaint stays. */
export async function trustAddress(env: Env, address: string): Promise<void> {
  await unblock(mainDatabase(env), await addressHash(env, address), ['bounced', 'refused'])
}
