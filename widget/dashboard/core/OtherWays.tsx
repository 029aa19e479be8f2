import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { SignInWays } from '../../../worker/contract/connectedAccounts.ts'
import { useDesk } from '../desk.ts'
import { offerInField, passkeyAnswer, passkeysWork, readWays, setOut } from './credentials.ts'
import { signInFlaw } from './credentialWords.ts'
import { held } from './held.ts'
import { formatMessage, words } from './words.ts'

/** By what one signs in without a link: passkeys, accounts elsewhere, Cloudflare Access. */
export function OtherWays() {
  const { connection, session } = useDesk()
  const ways = useSignal<SignInWays>({ providers: [], access: false })
  const flaw = useSignal('')
  const waits = useSignal(false)
  const w = words('signedOut')
  const busy = session.busy.value || waits.value

  useEffect(
    () => offerInField(connection, (passkey) => void session.begin({ passkey })),
    [connection, session],
  )
  useEffect(() => {
    readWays(connection).then(
      (found) => {
        ways.value = found
        // Who is let through already needs no button, unless they have just left.
        if (found.access && !session.left.peek() && !session.error.peek())
          void session.begin({ access: true })
      },
      () => {},
    )
  }, [connection, session, ways])

  const go = (work: () => Promise<unknown>) => async () => {
    waits.value = true
    flaw.value = ''
    session.error.value = null
    try {
      await work()
    } catch (error) {
      flaw.value = signInFlaw(error)
    } finally {
      waits.value = false
    }
  }

  const { providers, access } = ways.value
  if (!passkeysWork() && providers.length === 0 && !access) return null
  return (
    <div class="ways">
      {passkeysWork() && (
        <button
          type="button"
          class="primary"
          {...held(busy)}
          onClick={go(async () => session.begin({ passkey: await passkeyAnswer(connection) }))}
        >
          {w.byPasskey}
        </button>
      )}
      {providers.map(({ id, name }) => (
        <button key={id} type="button" {...held(busy)} onClick={go(() => setOut(connection, id))}>
          {formatMessage(w.byProvider, { name })}
        </button>
      ))}
      {access && (
        <button type="button" {...held(busy)} onClick={go(() => session.begin({ access: true }))}>
          {formatMessage(w.byProvider, { name: 'Cloudflare Access' })}
        </button>
      )}
      <p class="error" role="alert">
        {flaw.value}
      </p>
    </div>
  )
}
