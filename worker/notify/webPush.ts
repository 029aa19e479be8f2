import { buildPushPayload } from '@block65/webcrypto-web-push'
import { ownPushKeys } from '../access/pushKeys.ts'
import { fingerprint } from '../crypto.ts'
import type { Env } from '../env.ts'
import { instanceAddress } from '../mail/instanceAddress.ts'
import { exchange } from '../outside/exchange.ts'
import { mainDatabase } from '../store/database.ts'
import { type Device, remove } from '../store/pushSubscriptions.ts'

/** Seconds for which a push service keeps a message for a device that is off. */
const kept = 86_400

/** What a device shows. A locked screen is public: it holds nobody's words. */
export interface Notice {
  title: string
  /** BCP 47, of the title. */
  lang: string
  /** What it is about: it takes the place of the one before, at the service and on the screen. */
  tag: string
  /** What it opens, within the dashboard's folder. */
  url: string
}

/**
 * Sends a device a message that it alone can read (RFC 8291). One that its service knows no more is removed.
 *
 * @returns what the service answered, or null where the device is gone
 * @throws Unavailable, and Refused where trying again is no use
 */
export async function pushTo(env: Env, device: Device, notice: Notice): Promise<string | null> {
  const { id, endpoint, p256dh, auth } = device
  const db = mainDatabase(env)
  const [keys, subject, topic] = await Promise.all([
    ownPushKeys(db),
    instanceAddress(env),
    fingerprint(notice.tag),
  ])
  const { headers, body } = await buildPushPayload(
    { data: { ...notice }, options: { ttl: kept, topic, urgency: 'normal' } },
    { endpoint, expirationTime: null, keys: { p256dh, auth } },
    { ...keys, subject },
  )
  const isGone = (status: number) => status === 404 || status === 410
  const { status } = await exchange(
    env,
    endpoint,
    { method: 'POST', headers, body },
    (status) => isGone(status) || (status >= 200 && status < 300),
  )
  if (!isGone(status)) return `answered ${status}`
  await remove(db, { id })
  return null
}
