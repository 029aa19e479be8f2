import { batch, createModel, signal } from '@preact/signals'
import {
  type DeliveryItem,
  type DeliveryStatus,
  deliveryStatuses,
} from '../../../worker/contract/deliveries.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import type { Desk } from '../desk.ts'
import { records } from '../ui/records.ts'

const path = '/v1/deliveries'

/** Milliseconds after which it is looked what came of sending something again, each after the one before. */
const looks = [300, 1_000, 2_000, 4_000, 8_000]

/** What is told outside: what waits, what was delivered, what was given up. */
export const Outbox = createModel((connection: Connection) => {
  const list = records<DeliveryItem>(connection, path)
  /** What is being sent again, and what could not be, by its id. */
  const retried = signal<Record<string, ErrorDetail | null>>({})
  const busy = signal(false)
  /** Distinguishes what is listed now from what was listed before. */
  let turn = 0

  async function retry(id: string) {
    let error: ErrorDetail | null = null
    busy.value = true
    try {
      await connection.ask('POST', `${path}/${encodeURIComponent(id)}/retry`, { body: {} })
    } catch (reason) {
      error = detailOf(reason)
    }
    batch(() => {
      retried.value = { ...retried.peek(), [id]: error }
      busy.value = false
    })
    if (error === null) await follow(id, turn)
  }

  /** Has a row that is being sent again say what came of it, as soon as that is known. */
  async function follow(id: string, mine: number) {
    for (const wait of looks) {
      await new Promise((resolve) => setTimeout(resolve, wait))
      if (mine !== turn) return
      const found = await Promise.all(deliveryStatuses.map((status) => find(id, status))).catch(() => [])
      if (mine !== turn) return
      const now = found.find((one) => one && (one.status !== 'waiting' || one.attempts > 0))
      if (!now) continue
      const { [id]: _, ...others } = retried.peek()
      batch(() => {
        retried.value = others
        list.items.value = list.items.peek().map((one) => (one.id === id ? now : one))
      })
      return
    }
  }

  /** One delivery, where it is in this state: the first below the number after its own. */
  async function find(id: string, status: DeliveryStatus): Promise<DeliveryItem | undefined> {
    const [site = '', number] = id.split('~')
    const asked = new URLSearchParams({ ...(site && { site }), status, cursor: String(Number(number) + 1) })
    const { items } = (await connection.ask<Page<DeliveryItem>>('GET', `${path}?${asked}`)).data
    return items.find((one) => one.id === id)
  }

  /** Loads the list; what came of sending again is told of the rows that were listed before. */
  function load(query?: string) {
    turn++
    retried.value = {}
    return list.load(query)
  }

  return { list: { ...list, load }, retried, busy, retry }
})

/** The outbox of a desk. */
export const outboxOf = ({ connection }: Desk) => new Outbox(connection)
