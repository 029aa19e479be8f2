import { batch, computed, createModel, signal } from '@preact/signals'
import type { ConnectedAccount, SignInWays } from '../../../worker/contract/connectedAccounts.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { Passkey } from '../../../worker/contract/passkeys.ts'
import type { Connection } from '../core/connection.ts'
import { makePasskey, readWays, setOut } from '../core/credentials.ts'
import { signInFlaw } from '../core/credentialWords.ts'
import type { Desk } from '../desk.ts'

const nothing: SignInWays = { providers: [], access: false }

/** By what somebody signs in without a link, and what they do about it. */
const Credentials = createModel((connection: Connection) => {
  /** Null until they are known. */
  const passkeys = signal<Passkey[] | null>(null)
  const accounts = signal<ConnectedAccount[]>([])
  const ways = signal<SignInWays>(nothing)
  const busy = signal(false)
  /** What came to nothing last, as a sentence. */
  const flaw = signal('')
  let loading: Promise<void> | undefined

  const listed = async <Item>(path: string) => (await connection.ask<Page<Item>>('GET', path)).data.items

  async function read() {
    const [has, connected, possible] = await Promise.all([
      listed<Passkey>('/v1/passkeys'),
      listed<ConnectedAccount>('/v1/connected-accounts'),
      // Where they are set up wrongly, none is offered.
      readWays(connection).catch(() => nothing),
    ])
    batch(() => {
      passkeys.value = has
      accounts.value = connected
      ways.value = possible
    })
  }

  /** Does something; what went wrong is told. @returns whether it was done */
  async function act(work: () => Promise<unknown>): Promise<boolean> {
    busy.value = true
    flaw.value = ''
    try {
      await work()
      return true
    } catch (error) {
      flaw.value = signInFlaw(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return {
    passkeys,
    accounts,
    ways,
    busy,
    flaw,
    /** Providers that none of one's accounts is at. */
    connectable: computed(() => {
      const { providers, access } = ways.value
      const all = [...providers, ...(access ? [{ id: 'access', name: 'Cloudflare Access' }] : [])]
      return all.filter(({ id }) => !accounts.value.some(({ provider }) => provider.id === id))
    }),
    /** Reads all of it, once for all who ask at the same time. */
    load(): Promise<boolean> {
      loading ??= read().finally(() => {
        loading = undefined
      })
      return act(() => loading as Promise<void>)
    },
    add: () =>
      act(async () => {
        const made = await makePasskey(connection)
        passkeys.value = [made, ...(passkeys.peek() ?? [])]
      }),
    rename: (id: string, name: string) =>
      act(async () => {
        const { data } = await connection.ask<Passkey>('PATCH', `/v1/passkeys/${id}`, { body: { name } })
        passkeys.value = passkeys.peek()?.map((one) => (one.id === id ? data : one)) ?? null
      }),
    remove: (id: string) =>
      act(async () => {
        await connection.ask('DELETE', `/v1/passkeys/${id}`)
        passkeys.value = passkeys.peek()?.filter((one) => one.id !== id) ?? null
      }),
    connect: (provider: string) =>
      act(async () => {
        if (await setOut(connection, provider, true)) await read()
      }),
    disconnect: (id: string) =>
      act(async () => {
        await connection.ask('DELETE', `/v1/connected-accounts/${id}`)
        accounts.value = accounts.peek().filter((one) => one.id !== id)
      }),
  }
})

/** The credentials of who sits at a desk. */
export const credentialsOf = ({ connection }: Desk) => new Credentials(connection)
