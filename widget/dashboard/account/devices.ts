import { batch, createModel, signal } from '@preact/signals'
import type { TestResult } from '../../../worker/contract/endpoints.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { PushSubscriptions, PushSubscriptionView } from '../../../worker/contract/pushSubscriptions.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import type { Desk } from '../desk.ts'
import { pushAbility, subscribeHere, subscriptionHere } from './pushHere.ts'

const path = '/v1/push-subscriptions'

/** The devices on which somebody is told, and whether this one is among them. */
const Devices = createModel((connection: Connection) => {
  /** Null until they are known. */
  const items = signal<PushSubscriptionView[] | null>(null)
  const ability = signal(pushAbility())
  /** Of this browser's subscription. */
  const endpointHere = signal<string | null>(null)
  const busy = signal(false)
  /** What came to nothing last: what the worker said, or that the browser could not. */
  const flaw = signal<ErrorDetail | 'unread' | 'browser' | null>(null)
  const tested = signal<(TestResult & { id: string }) | null>(null)

  async function act(work: () => Promise<void>): Promise<void> {
    busy.value = true
    flaw.value = null
    tested.value = null
    await work().finally(() => {
      busy.value = false
    })
  }

  const asking = (work: () => Promise<void>) =>
    act(() =>
      work().catch((error) => {
        flaw.value = detailOf(error)
      }),
    )

  async function load(): Promise<void> {
    await act(async () => {
      try {
        const [{ data }, here] = await Promise.all([
          connection.ask<PushSubscriptions>('GET', path),
          subscriptionHere().catch(() => null),
        ])
        batch(() => {
          items.value = data.items
          ability.value = pushAbility()
          endpointHere.value = here?.endpoint ?? null
        })
      } catch {
        flaw.value = 'unread'
      }
    })
  }

  const without = (id: string) => items.peek()?.filter((one) => one.id !== id) ?? null

  const switchOn = () =>
    asking(async () => {
      const { data } = await connection.ask<PushSubscriptions>('GET', path)
      const made = await subscribeHere(data.publicKey).catch(() => 'failed' as const)
      ability.value = pushAbility()
      if (made === 'failed') flaw.value = 'browser'
      if (made === 'failed' || made === null) return
      try {
        const added = (await connection.ask<PushSubscriptionView>('POST', path, { body: made })).data
        batch(() => {
          items.value = [added, ...(without(added.id) ?? [])]
          endpointHere.value = made.endpoint
        })
      } catch (error) {
        await (await subscriptionHere())?.unsubscribe()
        throw error
      }
    })

  const remove = (id: string) =>
    asking(async () => {
      const one = items.peek()?.find((one) => one.id === id)
      await connection.ask('DELETE', `${path}/${id}`)
      items.value = without(id)
      if (one?.endpoint !== endpointHere.peek()) return
      endpointHere.value = null
      await (await subscriptionHere().catch(() => null))?.unsubscribe()
    })

  const test = (id: string) =>
    asking(async () => {
      const { data } = await connection.ask<TestResult>('POST', `${path}/${id}/test`)
      tested.value = { id, ...data }
    })

  return { items, ability, endpointHere, busy, flaw, tested, load, switchOn, remove, test }
})

/** Where the person at a desk is told by push. */
export const devicesOf = ({ connection }: Desk) => new Devices(connection)
