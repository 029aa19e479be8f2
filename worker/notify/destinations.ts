import type { D1Database } from '@cloudflare/workers-types'
import type { ToldEvent } from '../contract/events.ts'
import type { Condition } from '../store/database.ts'
import type { Deliveries, Details } from '../store/delivery.ts'
import { addDeliveries } from '../store/outbox.ts'
import type { Destination } from './destination.ts'
import { endpointMessage } from './endpointMessage.ts'
import { endpointSummary } from './endpointSummary.ts'
import { readerAnswers } from './readerAnswers.ts'
import { readerConfirmation } from './readerConfirmation.ts'
import { readerDecisions } from './readerDecisions.ts'
import { readerFate } from './readerFate.ts'
import { readerProof } from './readerProof.ts'
import { screenerFeedback } from './screenerFeedback.ts'
import { siteEndpoints } from './siteEndpoints.ts'
import { staffDigest } from './staffDigest.ts'
import { staffLetter } from './staffLetter.ts'
import { staffPush } from './staffPush.ts'
import { staffWaiting } from './staffWaiting.ts'

/** Every destination. */
export const destinations: Destination[] = [
  screenerFeedback,
  readerDecisions,
  readerConfirmation,
  readerFate,
  readerProof,
  readerAnswers,
  staffWaiting,
  staffDigest,
  staffPush,
  staffLetter,
  siteEndpoints,
  endpointMessage,
  endpointSummary,
]

/** What all destinations want to be told of some events: one statement, or none where nobody wants any of it. */
export const deliveries: Deliveries = (db, happened, condition) => {
  const wanted = destinations.flatMap(({ kind, wants }) =>
    happened.flatMap(({ event, ...more }) => {
      const wish = wants?.(event) ?? null
      if (wish === null || event.siteId === null) return []
      const { at, act, siteId } = event
      const details = { ...detailsOf(event), ...wish.details }
      return [{ ...more, destination: kind, siteId, at, act, ...wish, details }]
    }),
  )
  return wanted.length > 0 ? [addDeliveries(db, wanted, both(condition, wantedBy(db, wanted)))] : []
}

/** What an event says besides when, where and what, and without names. */
function detailsOf(event: ToldEvent): Details {
  if (!('actor' in event)) {
    const { at, act, siteId, ...details } = event
    return details
  }
  const { at, act, siteId, actor, ...details } = event
  return { actor: { kind: actor.kind, id: actor.id }, ...details }
}

/** Holds where the destination of a delivery is set up. */
function wantedBy(db: D1Database, wanted: { destination: string }[]): Condition {
  const kinds = new Set(wanted.map(({ destination }) => destination))
  const set = destinations
    .filter(({ kind }) => kinds.has(kind))
    .map(({ kind, where }) => ({ kind, ...(typeof where === 'function' ? where(db) : where) }))
  return {
    text: `(${set.map(({ kind, text = 'TRUE' }) => `x.destination = '${kind}' AND ${text}`).join(' OR ')})`,
    values: set.flatMap(({ values = [] }) => values),
  }
}

const both = (one: Condition, other: Condition): Condition => ({
  text: `${one.text} AND ${other.text}`,
  values: [...one.values, ...other.values],
})
