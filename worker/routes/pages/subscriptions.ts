import * as v from 'valibot'
import type { Ctx } from '../../access/identity.ts'
import { limitReads } from '../../access/readLimit.ts'
import { confirmSubscriptions } from '../../commands/confirmSubscriptions.ts'
import { maskedAddress } from '../../contract/mailAddress.ts'
import { pageAddress } from '../../contract/pageAddress.ts'
import type { Site } from '../../contract/site.ts'
import { subscriptionKinds } from '../../contract/subscriptions.ts'
import { titleFromKey } from '../../http/article.ts'
import { readText } from '../../http/body.ts'
import { messagePageHeaders } from '../../http/headers.ts'
import { preferred } from '../../http/language.ts'
import { rootOf } from '../../http/publicUrl.ts'
import { Refusal } from '../../http/refusal.ts'
import { readToken, type SubscriberLink } from '../../mail/subscribers.ts'
import { type Done, subscriptionsPage } from '../../pages/subscriptionsPage.tsx'
import { everyDatabase } from '../../store/database.ts'
import * as sites from '../../store/sites.ts'
import * as subscribers from '../../store/subscribers.ts'
import * as subscriptions from '../../store/subscriptions.ts'
import { worldOf } from '../world.ts'

/** `GET /s/:token`: what a reader is told of by mail. It changes nothing, whoever opens the link. */
export const getSubscriptions = async (c: Ctx): Promise<Response> => show(c, await linkOf(c))

/**
 * `POST /s/:token`: confirms a part of it, ends a part or all. A mail provider ends all of it in one request, as RFC 8058 says. The
 * token is what proves it, so it does not matter which page it comes from.
 */
export async function postSubscriptions(c: Ctx): Promise<Response> {
  const link = await linkOf(c)
  const text = await readText(c.req.raw)
  if (isOneClick(text)) {
    const found = await subscriberOf(c, link)
    if (found) await subscribers.endAll(found.db, link.id)
    return c.body(null, 204)
  }
  const asked = v.safeParse(act, Object.fromEntries(new URLSearchParams(text)))
  if (!asked.success) throw new Refusal('invalid', { field: 'act' })
  const found = await subscriberOf(c, link)
  if (!found) return show(c, link)
  const { db, subscriber } = found
  const form = asked.output
  if (form.act === 'confirm') {
    if (link.confirms !== 'yes' || subscriber.state === 'ended') return show(c, link)
    await confirmSubscriptions({ ...worldOf(c), db }, subscriber, form)
  } else if (form.act === 'end') await subscriptions.end(db, link.id, form)
  else if (form.act === 'endAll') await subscribers.endAll(db, link.id)
  else await subscribers.complain(db, link.id)
  return show(c, link, form.act)
}

const number = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))

/** What a form of the page sends. */
const act = v.variant('act', [
  v.object({
    act: v.literal('confirm'),
    shownAt: number,
    commentSeq: number,
    threadKey: v.string(),
  }),
  v.object({
    act: v.literal('end'),
    kind: v.picklist(subscriptionKinds),
    commentSeq: number,
    threadKey: v.string(),
  }),
  v.object({ act: v.literal('endAll') }),
  v.object({ act: v.literal('complain') }),
])

/** Whether a mail provider sends what RFC 8058 has it send, as either kind of form. */
const isOneClick = (text: string) => /List-Unsubscribe(?:=|"\s+)One-Click\b/.test(text)

/** Whom the link is of. @throws Refusal `not_found` for one that is not ours */
async function linkOf(c: Ctx): Promise<SubscriberLink> {
  await limitReads(c)
  const link = await readToken(c.env, c.req.param('token') ?? '', Date.now())
  if (!link) throw new Refusal('not_found')
  return link
}

/** Whom a link is of, with the database that knows them; null where none does any more. */
async function subscriberOf(c: Ctx, { id }: SubscriberLink) {
  const found = await Promise.all(
    everyDatabase(c.env).map(async (db) => ({ db, subscriber: await subscribers.find(db, id) })),
  )
  const one = found.find(({ subscriber }) => subscriber !== null)
  return one?.subscriber ? { db: one.db, subscriber: one.subscriber } : null
}

async function show(c: Ctx, link: SubscriberLink, done: Done | null = null): Promise<Response> {
  const found = await subscriberOf(c, link)
  const [site, items] = found
    ? await Promise.all([
        sites.find(found.db, found.subscriber.siteId),
        subscriptions.listed(found.db, link.id),
      ])
    : [null, []]
  const { address = '', locale } = found?.subscriber ?? {}
  const shown = site ? items.map((item) => ({ ...item, ...pageOf(site, item) })) : []
  for (const [name, value] of Object.entries(messagePageHeaders)) c.header(name, value)
  return c.html(
    subscriptionsPage({
      root: rootOf(c),
      lang: locale ?? preferred(c.req.header('accept-language')) ?? 'en',
      site: site?.name ?? 'Hankyo',
      address: address && maskedAddress(address),
      asked: shown.filter(({ confirmedAt }) => confirmedAt === null),
      confirms: link.confirms,
      told: shown.filter(({ confirmedAt }) => confirmedAt !== null),
      shownAt: Date.now(),
      done,
    }),
  )
}

/** What the page of a subscription is called, and where it is, as far as that is known here and not typed by whoever asked. */
const pageOf = (site: Site, { key, url, title, commentId }: subscriptions.Subscription) => ({
  title: title || titleFromKey(site, key),
  url: placeOf(key ? pageAddress(key, url, site.origins) : null, commentId),
})

/** Where a comment is on a page, or the page itself; null where it is not known. */
function placeOf(page: string | null, commentId: string | null): string | null {
  if (page === null || !URL.canParse(page)) return null
  const url = new URL(page)
  if (commentId) url.hash = `comment-${commentId}`
  return url.href
}
