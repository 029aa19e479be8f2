import { createModel, signal } from '@preact/signals'
import type { EndpointKind } from '../../../worker/contract/endpointKinds.ts'
import type {
  Endpoint,
  EndpointChange,
  MadeEndpoint,
  NewEndpoint,
  RotatedSecret,
  TestResult,
} from '../../../worker/contract/endpoints.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import type { Desk } from '../desk.ts'
import { siteAt } from '../ui/OneSite.tsx'
import { records } from '../ui/records.ts'

/** What each kind asks for. */
export const fieldsOf = {
  webhook: ['url'],
  slack: ['url'],
  discord: ['url'],
  telegram: ['token', 'chat'],
  line: ['token', 'to'],
  matrix: ['url', 'token', 'room'],
} as const satisfies Record<EndpointKind, readonly string[]>

/** What the services call themselves. */
export const brands = {
  slack: 'Slack',
  discord: 'Discord',
  telegram: 'Telegram',
  line: 'LINE',
  matrix: 'Matrix',
} as const

/** A secret, and whose it is. */
interface Made {
  id: string
  site: string
  name: string
  secret: string
}

/**
 * Webhooks and chats of a site.
 *
 * @param site the site whose page is open
 */
export const Endpoints = createModel((connection: Connection, site: () => string) => {
  const list = records<Endpoint>(connection, '/v1/webhooks')
  /** The secret just made: the only time it is known. */
  const made = signal<Made | null>(null)
  /** What came of tests, by the id of what was tested. */
  const tests = signal<Record<string, TestResult>>({})
  /** Which one is being changed; null for none. */
  const changing = signal<string | null>(null)
  /** What was wrong with what was asked for last, and with which one: null for a new one. */
  const problem = signal<{ id: string | null; error: ErrorDetail } | null>(null)
  const busy = signal(false)

  async function run(id: string | null, work: () => Promise<void>): Promise<boolean> {
    busy.value = true
    problem.value = null
    try {
      await work()
      return true
    } catch (error) {
      problem.value = { id, error: detailOf(error) }
      return false
    } finally {
      busy.value = false
    }
  }

  const path = (id: string) => `/v1/webhooks/${encodeURIComponent(id)}`

  return {
    ...{ list, made, tests, changing, problem, busy },
    add: (asked: NewEndpoint) =>
      run(null, async () => {
        const { data } = await connection.ask<MadeEndpoint>('POST', '/v1/webhooks', { body: asked })
        const { id, name, secret } = data
        if (asked.site === site()) list.items.value = [...list.items.peek(), data]
        made.value = secret === undefined ? null : { id, site: asked.site, name, secret }
      }),
    change: (id: string, body: EndpointChange) =>
      run(id, async () => {
        const { data } = await connection.ask<Endpoint>('PATCH', path(id), { body })
        list.items.value = list.items.peek().map((one) => (one.id === id ? data : one))
        changing.value = null
      }),
    remove: (id: string) =>
      run(id, async () => {
        await connection.ask('DELETE', path(id))
        list.items.value = list.items.peek().filter((one) => one.id !== id)
        if (made.peek()?.id === id) made.value = null
      }),
    test: (id: string) =>
      run(id, async () => {
        const { data } = await connection.ask<TestResult>('POST', `${path(id)}/test`, { body: {} })
        tests.value = { ...tests.peek(), [id]: data }
      }),
    rotate: ({ id, site, name }: Endpoint) =>
      run(id, async () => {
        const { data } = await connection.ask<RotatedSecret>('POST', `${path(id)}/secret`, { body: {} })
        made.value = { id, site, name, secret: data.secret }
      }),
  }
})

/** The webhooks and chats of a desk. */
export const endpointsOf = (desk: Desk) => new Endpoints(desk.connection, () => siteAt(desk))
