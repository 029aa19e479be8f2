import { personOf } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { changeNotifications } from '../../commands/changeNotifications.ts'
import { notificationsChange } from '../../contract/notifications.ts'
import { readJson } from '../../http/body.ts'
import { parse } from '../../http/input.ts'
import { canMail } from '../../mail/mailer.ts'
import { notificationsOf } from '../../queries/notificationsOf.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/notifications`: where, how often and of what one is told. */
export async function getNotifications(c: Ctx): Promise<Response> {
  return c.json(await notificationsOf(worldOf(c), personOf(c), canMail(c.env)))
}

/** `PATCH /v1/notifications` */
export async function patchNotifications(c: Ctx): Promise<Response> {
  const by = personOf(c)
  const change = parse(notificationsChange, await readJson(c.req.raw))
  await changeNotifications(worldOf(c), { change, by })
  return c.json(await notificationsOf(worldOf(c), by, canMail(c.env)))
}
