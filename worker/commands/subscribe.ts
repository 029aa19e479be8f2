import type { D1PreparedStatement } from '@cloudflare/workers-types'
import * as v from 'valibot'
import type { Sender } from '../access/sender.ts'
import { mailAddress, maskedAddress } from '../contract/mailAddress.ts'
import { dayOf } from '../contract/networks.ts'
import { isRegistered } from '../contract/origin.ts'
import type { Site } from '../contract/site.ts'
import type { SubscriptionKind } from '../contract/subscriptions.ts'
import { Refusal } from '../http/refusal.ts'
import { addressHash } from '../mail/addressHash.ts'
import { subscriberId } from '../mail/subscribers.ts'
import { tellsReaders } from '../mail/tellsReaders.ts'
import { confirmationRow } from '../notify/readerConfirmation.ts'
import * as requests from '../store/subscriptionRequests.ts'
import type { World } from './world.ts'

/** What somebody asks to be told of by mail, each field in its canonical form. */
interface Wish {
  email: string
  key: string
  url: string
  commentId?: string | null | undefined
  kinds: SubscriptionKind[]
  /** BCP 47. */
  locale: string
}

/** A comment whose author may want to be told. */
interface Comment {
  id: string
  key: string
  author: { email: string | null }
  subscribe?: SubscriptionKind[] | undefined
  locale?: string | undefined
}

interface Asked {
  site: Site
  sender: Pick<Sender, 'hash' | 'hashes'>
  wish: Omit<Wish, 'url'>
}

/** Requests of a day: of one network on a site, and of the whole site. */
const most = { network: 20, site: 1_000 }

/**
 * Has an address told, once its owner confirms it. Nobody learns from it whether the address is known. It takes two round
 * trips to the database.
 *
 * @throws Refusal `not_found` where readers are told nothing by mail, `wrong_origin` or `rate_limited`
 */
export async function subscribe(
  world: World,
  { site, sender, wish }: { site: Site; sender: Sender; wish: Wish },
): Promise<void> {
  if (!tellsReaders(world.env, site))
    throw new Refusal('not_found', { message: 'This site tells readers nothing by mail.' })
  if (!isRegistered(new URL(wish.url).origin, site.origins))
    throw new Refusal('wrong_origin', { field: 'url', message: 'This address is not one of the site’s.' })
  if (await hasAskedEnough(world, site, sender))
    throw new Refusal('rate_limited', {
      message: 'Enough was asked for from here today. Try again tomorrow.',
      retryAfter: Math.ceil((dayOf(world.now).end - world.now) / 1000),
    })
  await requests.subscribe(world.db, await requestOf(world, { site, sender, wish }))
}

/**
 * What the author of a new comment wants to be told of; null for nothing.
 *
 * @throws Refusal `missing` or `invalid` where they give no address that mail can be sent to
 */
export function wishOf(
  site: Site,
  { id, key, author, subscribe: kinds, locale = site.locale }: Comment,
): Omit<Wish, 'url'> | null {
  if (!kinds) return null
  const field = 'author.email'
  if (author.email === null) throw new Refusal('missing', { field })
  const address = v.safeParse(mailAddress, author.email)
  if (!address.success) throw new Refusal('invalid', { field })
  return { email: address.output, key, commentId: id, kinds, locale }
}

/** The statements by which the author of a comment that is being stored is told of it. */
export const subscribing = async (world: World, asked: Asked): Promise<D1PreparedStatement[]> =>
  requests.subscribing(world.db, await requestOf(world, asked), asked.wish.commentId)

/** What is stored of a wish. */
async function requestOf(
  { env, now }: World,
  { site, sender, wish }: Asked,
): Promise<requests.SubscriptionRequest> {
  const siteId = site.id
  const [id, hash] = await Promise.all([subscriberId(env, siteId, wish.email), addressHash(env, wish.email)])
  const to = { id, shown: maskedAddress(wish.email) }
  return {
    ...{
      siteId,
      id,
      address: wish.email,
      addressHash: hash,
      locale: wish.locale,
      kinds: wish.kinds,
      threadKey: wish.key,
    },
    ...{ reader: sender.hash, network: networkOf(sender), commentId: wish.commentId ?? null, at: now },
    letter: (day, notBefore) => confirmationRow(to, { siteId, at: now, day, notBefore }),
  }
}

const networkOf = ({ hashes }: Pick<Sender, 'hashes'>) => hashes?.network ?? null

/** Whether so much was asked for today on a site, or there from the sender's network, that it is enough. */
export async function hasAskedEnough(
  { env, db, now }: World,
  { id: siteId }: Site,
  sender: Pick<Sender, 'hashes'>,
): Promise<boolean> {
  if (env.RATE_LIMIT === 'off') return false
  const spent = await requests.requestsToday(db, { siteId, network: networkOf(sender) }, now)
  return spent.network >= most.network || spent.site >= most.site
}
