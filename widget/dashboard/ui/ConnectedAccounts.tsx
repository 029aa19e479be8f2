import { useEffect } from 'preact/hooks'
import { held } from '../core/held.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { AskedButton } from './AskedButton.tsx'
import { credentialsOf } from './credentials.ts'
import { Time } from './Time.tsx'

/** One's own accounts elsewhere by which one signs in; nothing where none can be connected. */
export function ConnectedAccounts() {
  const credentials = use(credentialsOf)
  const w = words('passkeys')
  useEffect(() => {
    void credentials.load()
  }, [credentials])
  const accounts = credentials.accounts.value
  const open = credentials.connectable.value
  if (accounts.length === 0 && open.length === 0) return null
  return (
    <section class="credentials" aria-labelledby="accounts-heading">
      <h2 id="accounts-heading">{w.accounts}</h2>
      <p class="quiet">{w.accountsNote}</p>
      <ul class="records">
        {accounts.map(({ id, provider, label, createdAt, lastUsedAt }) => (
          <li key={id}>
            <div>
              <p>
                <bdi class="name">{provider.name}</bdi> <bdi class="quiet">{label}</bdi>
              </p>
              <p class="quiet">
                {w.connected} <Time at={createdAt} /> · {w.lastUsed}:{' '}
                {lastUsedAt ? <Time at={lastUsedAt} /> : w.never}
              </p>
            </div>
            <AskedButton
              label={w.disconnect}
              name={formatMessage(w.disconnectOf, { name: provider.name })}
              question={formatMessage(w.disconnectAsk, { name: provider.name })}
              cancel={w.keep}
              act={() => credentials.disconnect(id)}
            />
          </li>
        ))}
      </ul>
      <p class="acts">
        {open.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            onClick={() => credentials.connect(id)}
            {...held(credentials.busy.value)}
          >
            {formatMessage(w.connect, { name })}
          </button>
        ))}
      </p>
    </section>
  )
}
