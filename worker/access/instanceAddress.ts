import type { World } from '../commands/world.ts'
import { seenSites } from '../http/seenSites.ts'
import { mainDatabase } from '../store/database.ts'
import * as store from '../store/instanceAddress.ts'
import type { Identity } from './identity.ts'

/**
 * Notes where a person who is signed in finds this instance, once the answer is on its way. Nobody else is believed: a
 * host is whatever a request names.
 */
export function noteAddress({ env, now, defer }: World, address: string, { sessionId }: Identity): void {
  if (sessionId === null || env.PUBLIC_URL || env.SERVED_AT) return
  const name = `instance ${address}`
  if (!seenSites.take(name, now)) return
  defer(store.noteAddress(mainDatabase(env), address).catch(() => seenSites.giveBack(name)))
}
