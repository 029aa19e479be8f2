import { personOf } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { ownPushKeys } from '../../access/pushKeys.ts'
import { addPushSubscription } from '../../commands/addPushSubscription.ts'
import { removePushSubscription } from '../../commands/removePushSubscription.ts'
import { testPushSubscription } from '../../commands/testPushSubscription.ts'
import { newPushSubscription } from '../../contract/pushSubscriptions.ts'
import { readJson } from '../../http/body.ts'
import { deviceOf } from '../../http/device.ts'
import { parse } from '../../http/input.ts'
import * as pushSubscriptions from '../../store/pushSubscriptions.ts'
import { worldOf } from '../world.ts'

const idOf = (c: Ctx) => c.req.param('device') ?? ''

/** `GET /v1/push-subscriptions`: one's own, and by which key a browser subscribes. */
export async function getPushSubscriptions(c: Ctx): Promise<Response> {
  const { id } = personOf(c)
  const { db } = worldOf(c)
  const [items, { publicKey }] = await Promise.all([pushSubscriptions.list(db, id), ownPushKeys(db)])
  return c.json({ items, next: null, publicKey })
}

/** `POST /v1/push-subscriptions` */
export async function postPushSubscription(c: Ctx): Promise<Response> {
  const by = personOf(c)
  const subscription = parse(newPushSubscription, await readJson(c.req.raw))
  const { browser, system } = deviceOf(c.req.raw)
  const name = [browser, system].filter(Boolean).join(' · ') || 'Browser'
  return c.json(await addPushSubscription(worldOf(c), { subscription, name, by }), 201)
}

/** `DELETE /v1/push-subscriptions/:device` */
export async function deletePushSubscription(c: Ctx): Promise<Response> {
  await removePushSubscription(worldOf(c), { id: idOf(c), by: personOf(c) })
  return c.body(null, 204)
}

/** `POST /v1/push-subscriptions/:device/test` */
export async function postPushSubscriptionTest(c: Ctx): Promise<Response> {
  return c.json(await testPushSubscription(worldOf(c), { id: idOf(c), by: personOf(c) }))
}
