import type { Identity } from '../access/identity.ts'
import type { World } from '../commands/world.ts'
import { type Notifications, usualChoice } from '../contract/notifications.ts'
import * as staffMail from '../store/staffMail.ts'
import { mailTroubles } from './mailTroubles.ts'

/** Where, how often and of what somebody is told. @param sendsMail whether this instance does at all */
export async function notificationsOf(
  { env, db }: World,
  by: Pick<Identity, 'id' | 'role' | 'sites'>,
  sendsMail: boolean,
): Promise<Notifications> {
  const [mail, choices] = await Promise.all([staffMail.find(db, by.id), staffMail.choices(db, by.id)])
  const address = mail?.asked ?? mail?.address
  const troubles = await mailTroubles({ env }, address ? [{ id: by.id, address }] : [])
  return {
    sendsMail,
    address: mail?.address ?? null,
    asked: mail?.asked ?? null,
    trouble: troubles.get(by.id) ?? null,
    choice: choices.get('') ?? usualChoice[by.role],
    sites: Array.from(choices)
      .filter(([site]) => site !== '' && (by.sites === '*' || by.sites.includes(site)))
      .map(([site, choice]) => ({ site, choice })),
    quiet: mail?.quiet ?? null,
    timeZone: mail?.timeZone ?? 'UTC',
  }
}
