import { Refusal } from '../http/refusal.ts'
import { isAskable, type Reach } from '../outside/exchange.ts'

/**
 * Refuses a configuration with an address that may not be asked, in words.
 *
 * @throws Refusal `invalid`, with the field of the address
 */
export function requireAskable(config: { url?: unknown; endpoint?: unknown }, reach: Reach): void {
  for (const field of ['url', 'endpoint'] as const) {
    const address = config[field]
    if (typeof address !== 'string' || isAskable(address, reach)) continue
    const message =
      reach.ALLOW_PRIVATE_HOSTS === 'on'
        ? 'Hosts of the internet are asked by https alone, and metadata services of clouds not at all.'
        : 'Only hosts of the internet are asked, by https and at port 443. ' +
          'Whoever runs Hankyo can allow others by --allow-private-hosts or the variable ALLOW_PRIVATE_HOSTS.'
    throw new Refusal('invalid', { field, message })
  }
}
