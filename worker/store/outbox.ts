import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { all, batch, type Condition, first, over, sql } from './database.ts'
import { addLine } from './deliveries.ts'
import type { Happening } from './events.ts'

/** The statements that put what events ask to be delivered into the outbox, in the transaction of the events. */
export type Deliveries = (
  db: D1Database,
  happened: Happening[],
  condition: Condition,
) => D1PreparedStatement[]

/** Ids and codes that a delivery is told by; never anybody's words or whole address. */
export type Details = Record<string, unknown>

/** What is to be told, and when: a part of `NewDelivery`. */
export interface Wish {
  /** What it is about. A destination is told of a subject once: what comes later takes the place of what waits. */
  subject: string
  /** Milliseconds since the epoch, and not before when it may leave the house. */
  notBefore: number
  /** Added to those of the event. */
  details?: Details
  /** Whether what waits already keeps its own time where that is earlier, as a digest does, and its tries if it fails. */
  keepEarliest?: boolean
}

/** Something to be told to the outside. It holds ids and codes: its words are read when it is delivered. */
export interface NewDelivery extends Wish {
  /** The kind of a destination. */
  destination: string
  siteId: string
  /** When what it tells of happened. */
  at: number
  /** What happened: the act of an event. */
  act: string
  /** Whom it is for, where that is one: an id, and a name or a masked address to be shown. */
  to?: { id: string; shown: string }
}

/**
 * A statement that puts those deliveries into the outbox for which a condition on their row `x` holds. What comes
 * while a row is being delivered makes it due once more.
 */
export const addDeliveries = (
  db: D1Database,
  deliveries: (NewDelivery & Record<string, unknown>)[],
  { text, values }: Condition,
): D1PreparedStatement =>
  over(
    db,
    deliveries.map(({ details = {}, keepEarliest = false, to, ...rest }) => ({
      ...rest,
      ...{ details: JSON.stringify(details), gathers: keepEarliest ? 1 : 0 },
      ...{ recipientId: to?.id ?? null, recipient: to?.shown ?? '' },
    })),
    `INSERT INTO outbox (destination, subject, site_id, created_at, next_at, act, details, recipient_id, recipient, gathers)
     SELECT x.destination, x.subject, x.siteId, x.at, x.notBefore, x.act, x.details, x.recipientId, x.recipient, x.gathers
     FROM x WHERE ${text}
     ON CONFLICT (destination, subject) DO UPDATE SET created_at = excluded.created_at, act = excluded.act,
       details = excluded.details, recipient_id = excluded.recipient_id, recipient = excluded.recipient,
       gathers = excluded.gathers, dead_at = NULL,
       wished_at = CASE WHEN taken = 0 THEN NULL WHEN ${keeps} THEN min(coalesce(wished_at, excluded.next_at), excluded.next_at)
         ELSE excluded.next_at END,
       next_at = CASE WHEN taken = 1 THEN max(next_at, excluded.next_at) WHEN NOT ${keeps} THEN excluded.next_at
         WHEN attempts > 0 THEN next_at ELSE min(next_at, excluded.next_at) END,
       turn = iif(taken = 1 OR ${keeps}, turn, turn + 1), attempts = iif(taken = 1 OR ${keeps}, attempts, 0),
       failure = iif(taken = 1 OR ${keeps}, failure, NULL)`,
    ...values,
  )

const keeps = '(excluded.gathers = 1 AND dead_at IS NULL)'

/** A row of the outbox at its turn: whatever happens to it gives it the next one. */
export interface Turn {
  id: number
  turn: number
}

/** Takes rows that are due, the longest due first. They are due again at a time, unless they get on till then. */
export async function takeDue(
  db: D1Database,
  { now, until, limit }: { now: number; until: number; limit: number },
): Promise<(Turn & { siteId: string })[]> {
  return all(
    sql(
      db,
      `UPDATE outbox SET next_at = ?1 WHERE id IN (
         SELECT id FROM outbox INDEXED BY outbox_due WHERE dead_at IS NULL AND next_at <= ?2 ORDER BY next_at LIMIT ?3)
       RETURNING id, turn, site_id AS siteId`,
      until,
      now,
      limit,
    ),
  )
}

/** A row that is being delivered. */
export interface Delivery extends Turn {
  destination: string
  subject: string
  siteId: string
  /** What happened, and when, in milliseconds since the epoch. */
  act: string
  at: number
  /** What else the event or the row before it said. */
  details: Details
  /** Whom it is for, where that is one. */
  to: { id: string; shown: string } | null
  /** This one counts. */
  attempts: number
}

type Row = Omit<Delivery, 'details' | 'to'> & {
  details: string
  recipientId: string | null
  recipient: string
}

/**
 * Has one worker deliver a row; it is due again at a time, if that one does not come back. Null where another
 * was faster, the row is gone, or something came in its place.
 */
export async function claim(db: D1Database, { id, turn }: Turn, until: number): Promise<Delivery | null> {
  const row = await first<Row>(
    sql(
      db,
      `UPDATE outbox SET turn = turn + 1, attempts = attempts + 1, next_at = ?, taken = 1, wished_at = NULL
       WHERE id = ? AND turn = ? AND dead_at IS NULL
       RETURNING id, turn, destination, subject, site_id AS siteId, act, created_at AS at, details,
         recipient_id AS recipientId, recipient, attempts`,
      until,
      id,
      turn,
    ),
  )
  if (!row) return null
  const { details, recipientId, recipient, ...rest } = row
  const to = recipientId === null ? null : { id: recipientId, shown: recipient }
  return { ...rest, details: JSON.parse(details), to }
}

/** What a delivery came to. */
export interface Delivered {
  /** What follows: rows of the same site, which tell of the same act unless they say otherwise. */
  next?: (Wish & Pick<NewDelivery, 'destination' | 'to'> & { act?: string })[]
  /** That the row stays and comes again at a time (milliseconds since the epoch), with other details. */
  again?: { nextAt: number; details: Details }
  /** What whoever was told answered, in a few words: a line in the log of what was delivered. */
  answer?: string
  /** Further statements for the database of the site. */
  also?: D1PreparedStatement[]
}

/**
 * Writes what a delivery came to and takes its row away, or has it come again, in one transaction: all of it where
 * the row is still at its turn, and nothing where it is not.
 */
export async function finish(
  db: D1Database,
  delivery: Delivery,
  { next = [], again, answer, also = [] }: Delivered,
  at: number,
): Promise<void> {
  const { id, turn, siteId, act } = delivery
  const follow = next.map((one) => ({ act, ...one, siteId, at: delivery.at }))
  const always: Condition = { text: 'TRUE', values: [] }
  const written = [
    ...(follow.length > 0 ? [addDeliveries(db, follow, always)] : []),
    ...also,
    ...(answer === undefined ? [] : [addLine(db, delivery, { answer, at })]),
  ]
  try {
    await batch(db, [
      ...(written.length > 0 ? [atItsTurn(db, delivery)] : []),
      ...written,
      ...(again
        ? [
            sql(
              db,
              `UPDATE outbox SET ${released}, attempts = 0, failure = NULL, details = ?, next_at = ? WHERE id = ? AND turn = ?`,
              JSON.stringify(again.details),
              again.nextAt,
              id,
              turn,
            ),
          ]
        : [
            sql(db, 'DELETE FROM outbox WHERE id = ? AND turn = ? AND wished_at IS NULL', id, turn),
            sql(
              db,
              `UPDATE outbox SET ${released}, attempts = 0, failure = NULL, next_at = wished_at WHERE id = ? AND turn = ?`,
              id,
              turn,
            ),
          ]),
    ])
  } catch (error) {
    if (!String(error).includes(passed)) throw error
  }
}

/** What a row that nobody delivers any more gets. */
const released = 'turn = turn + 1, taken = 0, wished_at = NULL'

/** How the database refuses a transaction whose row is not at its turn any more. */
const passed = 'NOT NULL constraint failed: outbox.destination'

/** A statement that ends its transaction where a row is not at its turn. */
const atItsTurn = (db: D1Database, { id, turn }: Turn): D1PreparedStatement =>
  sql(
    db,
    `INSERT INTO outbox (destination, subject, site_id, created_at, next_at)
     SELECT NULL, '', '', 0, 0 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE id = ? AND turn = ?)`,
    id,
    turn,
  )

/** Holds where something came in place of what was tried, while it was. */
const renewed = '(wished_at IS NOT NULL AND gathers = 0)'

/** Has a row tried again at a time, after a failure that a word or two name. */
export async function postpone(
  db: D1Database,
  { id, turn }: Turn,
  { failure, nextAt }: { failure: string; nextAt: number },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      `UPDATE outbox SET ${released}, failure = ?, next_at = max(?, coalesce(wished_at, 0)),
         attempts = iif(${renewed}, 0, attempts) WHERE id = ? AND turn = ?`,
      failure,
      nextAt,
      id,
      turn,
    ),
  ])
}

/** Gives a row up: it stays for a while, to be looked at, and can be sent again. */
export async function bury(
  db: D1Database,
  { id, turn }: Turn,
  { failure, at }: { failure: string; at: number },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      `UPDATE outbox SET ${released}, failure = ?, dead_at = iif(${renewed}, NULL, ?),
         attempts = iif(${renewed}, 0, attempts), next_at = coalesce(wished_at, next_at) WHERE id = ? AND turn = ?`,
      failure,
      at,
      id,
      turn,
    ),
  ])
}
