import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { dayOf } from '../contract/networks.ts'
import type { SubscriptionKind } from '../contract/subscriptions.ts'
import { all, batch, over, sql } from './database.ts'
import type { NewDelivery } from './delivery.ts'
import { addDeliveries } from './outbox.ts'
import { threadAt } from './threads.ts'

/** What somebody who gives an address wants to be told of. */
export interface SubscriptionRequest {
  siteId: string
  /** The HMAC of site and address: see `subscriberId`. */
  id: string
  address: string
  /** See `mail/addressHash.ts`. */
  addressHash: string
  /** BCP 47. */
  locale: string
  /** The hash of the token of whoever asks; null where they bring none. */
  reader: string | null
  /** The hash of the network that they ask from; null where none is known. */
  network: string | null
  kinds: SubscriptionKind[]
  /** What `fate` and `replies` are about. */
  commentId: string | null
  threadKey: string
  /** Milliseconds since the epoch. */
  at: number
  /** The letter that asks its owner to confirm, of a day and not before a time. */
  letter(day: number, notBefore: number): NewDelivery
}

/** Things that one subscriber is told of, at most. */
const mostOfOne = 100

/** Letters that ask to confirm and stay unanswered, at most; no more come until a month has passed. */
const mostAsked = 3
const askedAgainAfter = 30

/**
 * Statements by which an address is to be told of what was asked for, once its owner confirms that; at once where they did
 * so before for the same reader. The letter that asks them goes into the outbox, once a day whatever anyone types: a
 * second one waits for the next day, and only where they confirmed the first. What else was asked for is on the page that
 * the first leads to.
 *
 * @param stored the id of a comment that must be there: one that the same transaction stores
 */
export function subscribing(
  db: D1Database,
  request: SubscriptionRequest,
  stored: string | null | undefined = null,
): D1PreparedStatement[] {
  const { siteId, id, address, addressHash, locale, reader, kinds, commentId, threadKey, at, letter } =
    request
  const today = dayOf(at).number
  const known = `s.state = 'confirmed' AND EXISTS (SELECT 1 FROM subscriptions k
    WHERE k.subscriber_id = s.id AND k.reader = ?3 AND k.confirmed_at IS NOT NULL)`
  const asking = `s.id = ? AND s.complained = 0 AND (s.asked < ${mostAsked} OR s.asked_day <= ${today - askedAgainAfter})
    AND EXISTS (SELECT 1 FROM subscriptions u WHERE u.subscriber_id = s.id AND u.confirmed_at IS NULL
      AND (s.asked_day < ${today} OR u.created_at = ?))
    AND (s.asked_day < ${today} OR s.asked_day = ${today} AND s.state = 'confirmed')`
  const day = `max(${today}, s.asked_day + 1)`
  const letterOn = (day: number) => ({
    ...letter(day, Math.max(at, dayOf(at).start + (day - today) * 86_400_000)),
    day,
  })
  return [
    ...spending(db, request),
    sql(
      db,
      `INSERT INTO subscribers (id, site_id, address, address_hash, locale, changed_at, created_at)
       SELECT ?1, ?2, ?3, ?7, ?4, ?5, ?5 WHERE ?6 IS NULL OR EXISTS (SELECT 1 FROM comments WHERE id = ?6)
       ON CONFLICT (id) DO UPDATE SET address = excluded.address, address_hash = excluded.address_hash,
         locale = excluded.locale, state = 'pending',
         changed_at = iif(state = 'ended', excluded.changed_at, changed_at)
       WHERE state <> 'confirmed' AND complained = 0`,
      ...[id, siteId, address, locale, at, stored ?? null, addressHash],
    ),
    over(
      db,
      kinds.map((kind) => ({ kind })),
      `INSERT INTO subscriptions (subscriber_id, kind, comment_seq, thread_key, site_id, reader, created_at, confirmed_at)
       SELECT s.id, x.kind, coalesce(c.seq, 0), iif(x.kind = 'thread',
           coalesce((SELECT key FROM threads WHERE id = ${threadAt('s.site_id', '?6')}), ?6), ''), s.site_id, ?3, ?5, iif(${known}, ?5, NULL)
       FROM x CROSS JOIN subscribers s ON s.id = ?2
         LEFT JOIN comments c ON x.kind <> 'thread' AND c.id = ?4 AND c.site_id = s.site_id AND c.erased = 0
         LEFT JOIN authors a ON a.id = c.author_id
       WHERE s.complained = 0 AND (SELECT count(*) FROM subscriptions o WHERE o.subscriber_id = s.id) < ${mostOfOne}
         AND (x.kind = 'thread' OR a.token_hash = ?3 OR x.kind = 'replies' AND c.shown_revision IS NOT NULL)
       ON CONFLICT DO UPDATE SET confirmed_at = excluded.confirmed_at
       WHERE confirmed_at IS NULL AND excluded.confirmed_at IS NOT NULL`,
      ...[id, reader, commentId, at, threadKey],
    ),
    addDeliveries(db, [letterOn(today), letterOn(today + 1)], {
      text: `EXISTS (SELECT 1 FROM subscribers s WHERE ${asking} AND x.day = ${day})`,
      values: [id, at],
    }),
    sql(
      db,
      `UPDATE subscribers AS s SET asked_day = ${day}, asked = iif(asked_day <= ${today - askedAgainAfter}, 1, asked + 1)
       WHERE ${asking}`,
      ...[id, at],
    ),
  ]
}

/** Has an address told of what was asked for: see `subscribing`. */
export async function subscribe(db: D1Database, request: SubscriptionRequest): Promise<void> {
  await batch(db, subscribing(db, request))
}

const ofSite = (siteId: string) => `site ${siteId}`
const ofNetwork = (siteId: string, network: string) => `${network} ${siteId}`

/** What was asked for today: on a site, and there from one network. */
export interface Requests {
  site: number
  network: number
}

/** How often somebody asked today to be told, on a site and there from a network. */
export async function requestsToday(
  db: D1Database,
  { siteId, network }: Pick<SubscriptionRequest, 'siteId' | 'network'>,
  now: number,
): Promise<Requests> {
  const rows = await all<{ spender: string; requests: number }>(
    sql(
      db,
      'SELECT spender, requests FROM subscription_days WHERE day = ? AND spender IN (?, ?)',
      ...[dayOf(now).number, ofSite(siteId), ofNetwork(siteId, network ?? '')],
    ),
  )
  const of = (name: string) => rows.find(({ spender }) => spender === name)?.requests ?? 0
  return { site: of(ofSite(siteId)), network: network === null ? 0 : of(ofNetwork(siteId, network)) }
}

/** The statement that counts a request for its site's and its network's day. */
const spending = (db: D1Database, { siteId, network, at }: SubscriptionRequest): D1PreparedStatement[] => [
  over(
    db,
    [ofSite(siteId), ...(network === null ? [] : [ofNetwork(siteId, network)])].map((spender) => ({
      spender,
    })),
    `INSERT INTO subscription_days (day, spender, requests) SELECT ?2, x.spender, 1 FROM x WHERE TRUE
     ON CONFLICT (day, spender) DO UPDATE SET requests = requests + 1`,
    dayOf(at).number,
  ),
]
