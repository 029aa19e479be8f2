import type { World } from '../commands/world.ts'
import { seenSites } from '../http/seenSites.ts'
import { mainDatabase } from '../store/database.ts'
import * as store from '../store/instanceAddress.ts'
import type { Identity } from './identity.ts'

/**
 * Notes where an owner of all sites who is signed in finds this instance, once the answer is on its way. Nobody else is
 * believed: a host is whatever a request names, and all links in mails lead there. Where not even a proxy says it, what is
 * known stays.
 */
export function noteAddress({ env, now, defer }: World, address: string, by: Identity): void {
  if (by.sessionId === null || by.role !== 'owner' || by.sites !== '*' || env.PUBLIC_URL || env.SERVED_AT)
    return
  const name = `instance ${address}`
  if (!seenSites.take(name, now)) return
  defer(
    store
      .noteAddress(mainDatabase(env), address, env.HOST_NAMED_BY !== 'client')
      .catch(() => seenSites.giveBack(name)),
  )
}
