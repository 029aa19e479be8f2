import { addDeliveries, type Deliveries } from '../store/outbox.ts'
import type { Destination } from './destination.ts'
import { screenerFeedback } from './screenerFeedback.ts'

/** Every destination. */
export const destinations: Destination[] = [screenerFeedback]

/** What all destinations want to be told of some events. */
export const deliveries: Deliveries = (db, happened, condition) =>
  destinations.flatMap(({ kind, wants, where }) => {
    const wanted = happened.flatMap(({ event, ...more }) => {
      const wish = wants(event)
      return wish && event.siteId !== null
        ? [{ ...more, destination: kind, siteId: event.siteId, at: event.at, ...wish }]
        : []
    })
    const both = {
      text: `${condition.text} AND ${where.text}`,
      values: [...condition.values, ...where.values],
    }
    return wanted.length > 0 ? [addDeliveries(db, wanted, both)] : []
  })
