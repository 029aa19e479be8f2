import type { D1Database } from '@cloudflare/workers-types'
import { dayOf } from '../contract/networks.ts'
import { batch, changed, first, sql } from './database.ts'
import type { NewDelivery } from './delivery.ts'
import { addDeliveries } from './outbox.ts'
import { useUp } from './usedChallenges.ts'

/** Something that has an e-mail address, on a site. */
export interface Trace {
  of: 'comment' | 'subscriber'
  id: string
  siteId: string
  address: string
}

/** Mails that one address is sent within a day, at most. */
const mostOfDay = 3

/** Something that has one of some addresses; null where nothing has. @param hashes see `mail/addressHash.ts` */
export const traceOf = (
  db: D1Database,
  { addresses, hashes }: { addresses: string[]; hashes: string[] },
): Promise<Trace | null> =>
  first(
    sql(
      db,
      `SELECT 'comment' AS "of", id, site_id AS siteId, email AS address FROM comments WHERE seq = (
         SELECT c.seq FROM json_each(?1) x CROSS JOIN comments c INDEXED BY comments_email
           ON c.email IS NOT NULL AND lower(c.email) = x.value LIMIT 1)
       UNION ALL SELECT 'subscriber', id, site_id, address FROM subscribers WHERE id = (
         SELECT s.id FROM json_each(?2) x CROSS JOIN subscribers s INDEXED BY subscribers_address
           ON s.address_hash IS NOT NULL AND s.address_hash = x.value LIMIT 1)
       LIMIT 1`,
      JSON.stringify(addresses),
      JSON.stringify(hashes),
    ),
  )

/** The same by its id; null where it has no address any more. */
export const traceById = (db: D1Database, { of, id }: Pick<Trace, 'of' | 'id'>): Promise<Trace | null> =>
  first(
    sql(
      db,
      of === 'comment'
        ? `SELECT 'comment' AS "of", id, site_id AS siteId, email AS address FROM comments
           WHERE id = ? AND email IS NOT NULL AND erased = 0`
        : `SELECT 'subscriber' AS "of", id, site_id AS siteId, address FROM subscribers WHERE id = ? AND address <> ''`,
      id,
    ),
  )

/** Puts a mail that proves an address into the outbox, a few times a day whoever asks. @param address its hash */
export async function askProof(
  db: D1Database,
  { address, letter }: { address: string; letter: NewDelivery },
): Promise<void> {
  const day = dayOf(letter.at).number
  const spender = `person ${address}`
  await batch(db, [
    sql(
      db,
      `INSERT INTO subscription_days (day, spender, requests) VALUES (?, ?, 1)
       ON CONFLICT (day, spender) DO UPDATE SET requests = requests + 1`,
      day,
      spender,
    ),
    addDeliveries(db, [{ ...letter }], {
      text: 'EXISTS (SELECT 1 FROM subscription_days WHERE day = ? AND spender = ? AND requests <= ?)',
      values: [day, spender, mostOfDay],
    }),
  ])
}

/** Uses up a mailed link. @returns whether nobody had used it */
export async function useLink(
  db: D1Database,
  link: { id: string; expiresAt: number },
  now: number,
): Promise<boolean> {
  const results = await batch(db, [...useUp(db, link, now), sql(db, `SELECT ${changed.text} AS first`)])
  return (results.at(-1)?.results[0] as { first: number } | undefined)?.first === 1
}
