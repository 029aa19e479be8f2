import type { Env } from '../env.ts'
import { Unavailable } from '../outside/exchange.ts'
import { mainDatabase } from '../store/database.ts'
import { notedAddress } from '../store/instanceAddress.ts'

/** That links cannot be made yet. It is no fault of a delivery, so it uses up none of its tries. */
export class AddressUnknown extends Unavailable {}

/**
 * Where people find this instance, `https://host` or `https://host/folder`, for links in what is sent: its public URL,
 * or where it listens if that is the only way to it, or else where an owner found it.
 *
 * @throws AddressUnknown where none of these is known yet
 */
export async function instanceAddress(env: Env): Promise<string> {
  const address = env.PUBLIC_URL || env.SERVED_AT || (await notedAddress(mainDatabase(env)))
  if (address) return address
  throw new AddressUnknown(
    'the address of this instance is not known: set its public URL, or open the dashboard once as an owner of all sites',
  )
}
