import { hmac } from '../crypto.ts'
import type { Env } from '../env.ts'

/**
 * By what an address is found again without being kept. Most servers take no care of capitals, so none is taken here.
 *
 * @param address as `contract/mailAddress.ts` has it
 */
export const addressHash = ({ TOKEN_SECRET }: Env, address: string): Promise<string> =>
  hmac(TOKEN_SECRET, `mail address ${address.toLowerCase()}`)
