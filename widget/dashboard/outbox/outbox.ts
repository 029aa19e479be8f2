import { batch, createModel, signal } from '@preact/signals'
import type { DeliveryItem, DeliveryStatus } from '../../../worker/contract/deliveries.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import type { Desk } from '../desk.ts'
import { records } from '../ui/records.ts'

/** What is told outside: what waits, what was delivered, what was given up. */
export const Outbox = createModel((connection: Connection) => {
  const list = records<DeliveryItem>(connection, '/v1/deliveries')
  const status = signal<DeliveryStatus>('waiting')
  /** Whether mail about accounts was chosen, which belongs to no site. */
  const ofAccounts = signal(false)
  /** What was sent again, and what could not be, by its id. */
  const retried = signal<Record<string, ErrorDetail | null>>({})
  const busy = signal(false)

  async function retry(id: string) {
    let error: ErrorDetail | null = null
    busy.value = true
    try {
      await connection.ask('POST', `/v1/deliveries/${encodeURIComponent(id)}/retry`, { body: {} })
    } catch (reason) {
      error = detailOf(reason)
    }
    batch(() => {
      retried.value = { ...retried.peek(), [id]: error }
      busy.value = false
    })
  }

  /** Loads the list; what came of sending again is told of the rows that were listed before. */
  function load(query?: string) {
    retried.value = {}
    return list.load(query)
  }

  return { list: { ...list, load }, status, ofAccounts, retried, busy, retry }
})

/** The outbox of a desk. */
export const outboxOf = ({ connection }: Desk) => new Outbox(connection)
