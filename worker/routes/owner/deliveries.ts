import { personOf, requireInstance, requireKnownSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { may } from '../../access/permissions.ts'
import { retryDelivery } from '../../commands/retryDelivery.ts'
import { deliveriesQuery } from '../../contract/deliveries.ts'
import { mailHeaders } from '../../http/headers.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { deliveriesPage } from '../../queries/deliveriesPage.ts'
import { writtenMail } from '../../queries/writtenMail.ts'
import { worldOf } from '../world.ts'

/** `GET /v1/deliveries` */
export async function getDeliveries(c: Ctx): Promise<Response> {
  const { site = null, status, cursor } = parse(deliveriesQuery, single(c.req.queries()))
  if (site === null) requireInstance(c, 'deliveries.read')
  await requireKnownSite(c, 'deliveries.read', site)
  return c.json(await deliveriesPage(worldOf(c, site), { siteId: site, status, before: cursor ?? null }))
}

/** `POST /v1/deliveries/:delivery/retry` */
export async function postRetry(c: Ctx): Promise<Response> {
  const [, siteId = '', id = ''] = /^([a-z0-9-]*)~(\d{1,15})$/.exec(c.req.param('delivery') ?? '') ?? []
  // Whose site it is not is told what is told of one that is not there.
  if (!may(c.get('moderator'), 'deliveries.retry', siteId || null)) throw new Refusal('not_found')
  await retryDelivery(worldOf(c, siteId), { siteId, id: Number(id) })
  return c.body(null, 202)
}

/** `GET /v1/outbox/mails/:mail` */
export async function getMail(c: Ctx): Promise<Response> {
  const { html: _, ...mail } = await mailAsked(c)
  return c.json(mail)
}

/** `GET /v1/outbox/mails/:mail/html` */
export async function getMailHtml(c: Ctx): Promise<Response> {
  return c.html((await mailAsked(c)).html, 200, mailHeaders)
}

/** A mail says nothing of its site: it is shown to people whose are all, and to no script. */
function mailAsked(c: Ctx) {
  if (!may(personOf(c), 'deliveries.read', null)) throw new Refusal('not_found')
  return writtenMail(worldOf(c), c.req.param('mail') ?? '')
}
