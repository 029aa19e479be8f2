import { createModel, signal } from '@preact/signals'
import type { ApiToken, MadeToken, Scope } from '../../../worker/contract/tokens.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { records } from '../ui/records.ts'

/** What a token is to be: null is every site, and no end. */
export interface NewToken {
  name: string
  scope: Scope
  site: string | null
  expiresAt: string | null
}

/** The owner's API tokens. */
export const Tokens = createModel((connection: Connection) => {
  const list = records<ApiToken>(connection, '/v1/tokens')
  /** The token just made: the only time it is known. */
  const made = signal<MadeToken | null>(null)
  const busy = signal(false)

  /** Runs a change; what went wrong is told where the list's own failures are. */
  async function change(run: () => Promise<void>) {
    busy.value = true
    list.error.value = null
    try {
      await run()
    } catch (error) {
      list.error.value = detailOf(error)
    } finally {
      busy.value = false
    }
  }

  return {
    list,
    made,
    busy,
    add: (asked: NewToken) =>
      change(async () => {
        const { data } = await connection.ask<MadeToken>('POST', '/v1/tokens', { body: asked })
        made.value = data
        list.items.value = [data, ...list.items.peek()]
      }),
    revoke: (id: string) =>
      change(async () => {
        await connection.ask('DELETE', `/v1/tokens/${id}`)
        list.items.value = list.items.peek().filter((token) => token.id !== id)
        if (made.peek()?.id === id) made.value = null
      }),
  }
})
export type Tokens = InstanceType<typeof Tokens>
