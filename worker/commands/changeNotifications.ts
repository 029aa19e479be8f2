import type { Identity } from '../access/identity.ts'
import { may } from '../access/permissions.ts'
import type { NotificationsChange } from '../contract/notifications.ts'
import { Refusal } from '../http/refusal.ts'
import { staffDigest } from '../notify/staffDigest.ts'
import { staffPush } from '../notify/staffPush.ts'
import { staffWaiting } from '../notify/staffWaiting.ts'
import { everySite } from '../queries/everySite.ts'
import { mailTroubles } from '../queries/mailTroubles.ts'
import * as staffMail from '../store/staffMail.ts'
import * as toldStaff from '../store/toldStaff.ts'
import { askAddress } from './askAddress.ts'
import { requireMail } from './requireMail.ts'
import type { World } from './world.ts'

/**
 * Writes where, how often and of what somebody wants to be told. A new address is asked to confirm itself.
 *
 * @throws Refusal `unknown_site` for one that is not theirs, `invalid` where this instance sends no mail, or
 *   `rate_limited` after too many addresses
 */
export async function changeNotifications(
  world: World,
  { change, by }: { change: NotificationsChange; by: Identity },
): Promise<void> {
  const { address, choice, sites = [], quiet } = change
  await requireSites(world, by, sites)
  const mail = await staffMail.find(world.db, by.id)
  const isNew =
    typeof address === 'string' &&
    (address !== mail?.address || (await mailTroubles(world, [{ id: by.id, address }])).size > 0)
  if (isNew) requireMail(world.env, 'address')
  await staffMail.change(world.db, {
    staffId: by.id,
    ...(address === null && { forget: 'all' as const }),
    // Whoever comes back to the confirmed address wants no other.
    ...(typeof address === 'string' && !isNew && { forget: 'asked' as const }),
    ...(quiet !== undefined && { quiet }),
    choices: new Map([
      ...(choice ? [['', choice] as const] : []),
      ...sites.map(({ site, choice }) => [site, choice] as const),
    ]),
    // What waits for them comes at the time that they want it now.
    afterwards: toldStaff.findingAnew(world.db, {
      ...{
        staffId: by.id,
        now: world.now,
        told: [staffDigest.kind, staffPush.kind],
        waiting: staffWaiting.kind,
      },
    }),
  })
  if (isNew) await askAddress(world, { by, address })
}

async function requireSites(
  world: World,
  by: Identity,
  sites: NonNullable<NotificationsChange['sites']>,
): Promise<void> {
  const ids = sites.flatMap(({ site, choice }) => (choice ? [site] : []))
  if (ids.length === 0) return
  const known = new Set((await everySite(world, ids)).map(({ id }) => id))
  if (ids.some((id) => !known.has(id) || !may(by, 'account.change', id)))
    throw new Refusal('unknown_site', { field: 'sites' })
}
