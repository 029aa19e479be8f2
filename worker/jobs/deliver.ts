import type { World } from '../commands/world.ts'
import type { DeliveryJob } from '../env.ts'
import { AddressUnknown } from '../mail/instanceAddress.ts'
import { SubscriberRefused } from '../mail/mail.ts'
import { destinations } from '../notify/destinations.ts'
import { Refused, Unavailable } from '../outside/exchange.ts'
import type { Delivered, Delivery, Turn } from '../store/delivery.ts'
import { bury, finish, postpone } from '../store/deliveryEnds.ts'
import * as outbox from '../store/outbox.ts'

const minute = 60_000

/** How long a row that was handed over may wait in the queue before it is handed over again. */
const handedOverMs = 5 * minute

/** How long a worker may take to deliver a row before another one does: longer than any destination waits for an answer. */
export const deliveringMs = 5 * minute

/** Tries after which a row is given up; with the waits between them more than two days, and less than three. */
export const mostAttempts = 20

/** The longest that whoever is told may ask to be left alone. */
const longestWaitMs = 360 * minute

/** As many messages as a queue takes at once. */
const batchSize = 100

/** Sends jobs for the rows of the outbox that are due. Whatever becomes of a job, its row comes up again. */
export async function handOver({ env, db }: World): Promise<void> {
  // Not the time of the cron, which may run ahead: nothing leaves the house too early.
  const now = Date.now()
  for (let batches = 0; batches < 20; batches++) {
    const due = await outbox.takeDue(db, { now, until: now + handedOverMs, limit: batchSize })
    const jobs = due.map((row) => jobOf(row, row.siteId))
    if (jobs.length > 0) await env.SCREENING.sendBatch(jobs.map((body) => ({ body })))
    if (jobs.length < batchSize) return
  }
}

const jobOf = ({ id, turn }: Turn, site: string): DeliveryJob => ({ v: 1, site, deliver: id, turn })

/**
 * Delivers a row of the outbox, unless another worker does or did. What fails is tried again later, and given up
 * after so many tries, or at once where trying again is no use.
 */
export async function deliver(world: World, { deliver: id, turn }: DeliveryJob): Promise<void> {
  const { db, env } = world
  const delivery = await outbox.claim(db, { id, turn }, Date.now() + deliveringMs)
  if (!delivery) return
  const result = await attempt(world, delivery)
  const now = Date.now()
  if (!('failure' in result)) {
    const due = await finish(db, delivery, result, now)
    if (due.length > 0)
      await env.SCREENING.sendBatch(due.map((row) => ({ body: jobOf(row, delivery.siteId) })))
    return
  }
  const { failure, isFinal, ends, notBefore = 0, counts = true } = result
  const { destination, siteId, attempts } = delivery
  console.warn('not delivered', { destination, site: siteId, attempts, failure })
  if (isFinal || (counts && attempts >= mostAttempts))
    return bury(db, delivery, { failure, at: now, ...(ends && { ends }) })
  const wait = Math.max(backoff(attempts, Math.random()), Math.min(notBefore - now, longestWaitMs))
  await postpone(db, delivery, { failure, nextAt: now + wait, counts })
}

interface Failure {
  /** In a few words, without secrets or anyone's text. */
  failure: string
  /** Whether trying again is no use. */
  isFinal: boolean
  /** Whether it ends all that its subscriber is told of, which takes along what waits for them. */
  ends?: boolean
  /** Milliseconds since the epoch. */
  notBefore?: number
  /** Whether it uses up a try. */
  counts?: boolean
}

async function attempt(world: World, delivery: Delivery): Promise<Delivered | Failure> {
  // Whoever took it before may have been ended by it each time.
  if (delivery.attempts > mostAttempts) return { failure: 'never came back', isFinal: true }
  const destination = destinations.find(({ kind }) => kind === delivery.destination)
  if (!destination) return { failure: 'unknown destination', isFinal: false }
  try {
    return (await destination.deliver(world, delivery)) ?? {}
  } catch (error) {
    if (!(error instanceof Unavailable)) return { failure: 'failed', isFinal: false }
    const { message, notBefore } = error
    return {
      ...{ failure: message, isFinal: error instanceof Refused, counts: !(error instanceof AddressUnknown) },
      ends: error instanceof SubscriberRefused,
      ...(notBefore !== undefined && { notBefore }),
    }
  }
}

/**
 * Milliseconds to wait after so many failed attempts: a minute, doubled each time up to six hours.
 *
 * @param random between 0 and 1; it takes off up to a quarter, so that what failed together comes back apart
 */
export function backoff(attempts: number, random: number): number {
  const wait = Math.min(minute * 2 ** (attempts - 1), 360 * minute)
  return Math.round(wait * (1 - random / 4))
}
