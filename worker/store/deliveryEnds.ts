import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { batch, type Condition, sql } from './database.ts'
import { addLine } from './deliveries.ts'
import type { Delivered, Delivery, Turn } from './delivery.ts'
import { addDeliveries } from './outbox.ts'
import { ending } from './subscribers.ts'

/**
 * Writes what a delivery came to and takes its row away, or has it come again, in one transaction: all of it where
 * the row is still at its turn, and nothing where it is not.
 *
 * @returns what is due already: of what follows, and the row itself where it comes again
 */
export async function finish(
  db: D1Database,
  delivery: Delivery,
  { next = [], again, answer, also = [] }: Delivered,
  at: number,
): Promise<Turn[]> {
  const { id, turn, siteId, act } = delivery
  const follow = next.map((one) => ({ act, ...one, siteId, at: delivery.at }))
  const always: Condition = { text: 'TRUE', values: [] }
  const written = [...(follow.length > 0 ? [addDeliveries(db, follow, always, told)] : []), ...also]
  try {
    const results = await batch<Turn & { nextAt: number }>(db, [
      ...(written.length > 0 ? [atItsTurn(db, delivery)] : []),
      ...written,
      ...(answer === undefined ? [] : [addLine(db, delivery, { answer, at })]),
      ...(again
        ? [
            sql(
              db,
              `UPDATE outbox SET ${released}, attempts = 0, failure = NULL, details = iif(wished_at IS NULL, ?1, details),
                 next_at = min(?2, coalesce(wished_at, ?2)) WHERE id = ?3 AND turn = ?4
               ${told}`,
              ...[JSON.stringify(again.details), again.nextAt, id, turn],
            ),
          ]
        : [
            sql(db, 'DELETE FROM outbox WHERE id = ? AND turn = ? AND wished_at IS NULL', id, turn),
            sql(
              db,
              `UPDATE outbox SET ${released}, attempts = 0, failure = NULL, next_at = wished_at WHERE id = ? AND turn = ? ${told}`,
              id,
              turn,
            ),
          ]),
    ])
    const left = [...(follow.length > 0 ? [results[1]] : []), results.at(-1)]
    return left.flatMap((one) => one?.results ?? []).filter(({ nextAt }) => nextAt <= at)
  } catch (error) {
    if (!String(error).includes(passed)) throw error
    return []
  }
}

/** Answers with the rows that a statement wrote. */
const told = 'RETURNING id, turn, next_at AS nextAt'

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

/** Has a row tried again at a time, after a failure that a word or two name. @param counts whether it uses up a try */
export async function postpone(
  db: D1Database,
  { id, turn }: Turn,
  { failure, nextAt, counts = true }: { failure: string; nextAt: number; counts?: boolean },
): Promise<void> {
  await batch(db, [
    sql(
      db,
      `UPDATE outbox SET ${released}, failure = ?, next_at = max(?, coalesce(wished_at, 0)),
         attempts = iif(${renewed}, 0, attempts - ?) WHERE id = ? AND turn = ?`,
      failure,
      nextAt,
      counts ? 0 : 1,
      id,
      turn,
    ),
  ])
}

/**
 * Gives a row up: it stays for a while, to be looked at, and can be sent again.
 *
 * @param ends whether it ends all that its subscriber is told of, which takes the row along: it is listed all the same
 */
export async function bury(
  db: D1Database,
  delivery: Delivery,
  { failure, at, ends = false }: { failure: string; at: number; ends?: boolean },
): Promise<void> {
  const { id, turn } = delivery
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
    ...(ends && delivery.to
      ? [
          ...ending(db, [delivery.to.id]),
          listingRefused(db, { ...delivery, to: delivery.to }, { failure, at }),
        ]
      : []),
  ])
}

/** A statement that lists a row which a reader's address took along as it ended, unless the reader is forgotten meanwhile. */
const listingRefused = (
  db: D1Database,
  { id, turn, destination, subject, siteId, act, at: createdAt, details, attempts, to }: Addressed,
  { failure, at }: { failure: string; at: number },
): D1PreparedStatement =>
  sql(
    db,
    `INSERT INTO outbox (id, turn, destination, subject, site_id, act, created_at, next_at, details, recipient_id, recipient,
       attempts, failure, dead_at)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?8
     WHERE EXISTS (SELECT 1 FROM subscribers WHERE id = ?10 AND state = 'ended' AND complained = 0)
     ON CONFLICT DO NOTHING`,
    ...[id, turn + 1, destination, subject, siteId, act, createdAt, at],
    ...[JSON.stringify(details), to.id, to.shown, attempts, failure],
  )

type Addressed = Delivery & { to: NonNullable<Delivery['to']> }
