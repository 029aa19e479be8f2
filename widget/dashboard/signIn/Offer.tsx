import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { passkeysWork } from '../core/credentials.ts'
import { held } from '../core/held.ts'
import { formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { credentialsOf } from '../ui/credentials.ts'

const answered = 'hankyo.dashboard.offered'

/** Whether this browser was asked before; where nothing is kept it is not asked at all, since it would be at each link. */
function wasAsked(): boolean {
  try {
    return localStorage.getItem(answered) !== null
  } catch {
    return true
  }
}

/** After a link: an offer to sign in without one the next time, once a browser. */
export function Offer() {
  const { session } = useDesk()
  const credentials = use(credentialsOf)
  const state = useSignal<'hidden' | 'asking' | 'done'>('hidden')
  const w = words('passkeys').offer
  useEffect(() => {
    if (wasAsked()) return
    void credentials.load().then((known) => {
      const has = credentials.passkeys.peek()?.length || credentials.accounts.peek().length
      const can = passkeysWork() || credentials.connectable.peek().length > 0
      if (known && !has && can) state.value = 'asking'
    })
  }, [credentials, state])

  function settle(next: 'hidden' | 'done') {
    localStorage.setItem(answered, '1')
    state.value = next
    if (next === 'hidden') {
      session.byLink.value = false
      document.getElementById('main')?.focus()
    }
  }

  if (state.value === 'hidden') return null
  const flaw = credentials.flaw.value
  const busy = credentials.busy.value
  if (state.value === 'done')
    return (
      <div class="offer" role="status">
        <p>{w.done}</p>
        <button type="button" onClick={() => settle('hidden')}>
          {w.close}
        </button>
      </div>
    )
  return (
    <section class="offer" aria-labelledby="offer-heading">
      <h2 id="offer-heading">{w.title}</h2>
      <p>{passkeysWork() ? w.note : w.noteAccounts}</p>
      {flaw && (
        <p class="error" role="alert">
          {flaw}
        </p>
      )}
      <p class="acts">
        {passkeysWork() && (
          <button
            type="button"
            class="primary"
            {...held(busy)}
            onClick={async () => (await credentials.add()) && settle('done')}
          >
            {words('passkeys').add}
          </button>
        )}
        {credentials.connectable.value.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            {...held(busy)}
            onClick={async () => {
              localStorage.setItem(answered, '1')
              if (await credentials.connect(id)) settle('done')
            }}
          >
            {formatMessage(words('passkeys').connect, { name })}
          </button>
        ))}
        <button type="button" class="plain" onClick={() => settle('hidden')}>
          {w.later}
        </button>
      </p>
    </section>
  )
}
