import { addDelivery, type Deliveries } from '../store/outbox.ts'
import type { Destination } from './destination.ts'
import { screenerFeedback } from './screenerFeedback.ts'

/** Every destination. */
export const destinations: Destination[] = [screenerFeedback]

/** What all destinations want to be told of an event. */
export const deliveries: Deliveries = (db, event, condition) =>
  destinations.flatMap((destination) => {
    const wish = destination.wants(event)
    if (!wish || event.siteId === null) return []
    const delivery = { destination: destination.kind, siteId: event.siteId, at: event.at, ...wish }
    const both = {
      text: `${condition.text} AND ${wish.where.text}`,
      values: [...condition.values, ...wish.where.values],
    }
    return addDelivery(db, delivery, both)
  })
