import type { Identity } from '../access/identity.ts'
import type { World } from '../commands/world.ts'
import { type Notifications, usualChoice } from '../contract/notifications.ts'
import * as staffMail from '../store/staffMail.ts'

/** Where, how often and of what somebody is told. @param sendsMail whether this instance does at all */
export async function notificationsOf(
  { db }: World,
  by: Pick<Identity, 'id' | 'role' | 'sites'>,
  sendsMail: boolean,
): Promise<Notifications> {
  const [mail, choices] = await Promise.all([staffMail.find(db, by.id), staffMail.choices(db, by.id)])
  return {
    sendsMail,
    address: mail?.address ?? null,
    asked: mail?.asked ?? null,
    choice: choices.get('') ?? usualChoice[by.role],
    sites: Array.from(choices)
      .filter(([site]) => site !== '' && (by.sites === '*' || by.sites.includes(site)))
      .map(([site, choice]) => ({ site, choice })),
    quiet: mail?.quiet ?? null,
    timeZone: mail?.timeZone ?? 'UTC',
  }
}
