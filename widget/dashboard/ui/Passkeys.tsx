import { useEffect } from 'preact/hooks'
import type { Passkey } from '../../../worker/contract/passkeys.ts'
import { addressAtLocalhost, passkeysWork } from '../core/credentials.ts'
import { held } from '../core/held.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { AskedButton } from './AskedButton.tsx'
import { credentialsOf } from './credentials.ts'
import { ShortForm } from './ShortForm.tsx'
import { Time } from './Time.tsx'

/** One's own passkeys: to add, rename and remove. */
export function Passkeys() {
  const credentials = use(credentialsOf)
  const w = words('passkeys')
  useEffect(() => {
    void credentials.load()
  }, [credentials])
  const passkeys = credentials.passkeys.value
  const flaw = credentials.flaw.value
  const atLocalhost = addressAtLocalhost()
  return (
    <section class="credentials" aria-labelledby="passkeys-heading">
      <h2 id="passkeys-heading">{w.title}</h2>
      <p class="quiet">{passkeysWork() ? w.note : formatMessage(w.notHere, { host: location.hostname })}</p>
      {atLocalhost && (
        <p class="quiet">
          {w.atLocalhost}{' '}
          <a href={atLocalhost} dir="ltr">
            {atLocalhost}
          </a>
        </p>
      )}
      {flaw && (
        <p class="error" role="alert">
          {flaw}
        </p>
      )}
      {passkeys?.length === 0 && <p class="quiet">{w.none}</p>}
      <ul class="records">
        {passkeys?.map((passkey) => (
          <Row key={passkey.id} passkey={passkey} isLast={passkeys.length === 1} />
        ))}
      </ul>
      {passkeysWork() && (
        <p>
          <button type="button" onClick={credentials.add} {...held(credentials.busy.value)}>
            {w.add}
          </button>
        </p>
      )}
    </section>
  )
}

function Row({ passkey, isLast }: { passkey: Passkey; isLast: boolean }) {
  const credentials = use(credentialsOf)
  const w = words('passkeys')
  const { id, name, host, synced, createdAt, lastUsedAt } = passkey
  return (
    <li>
      <div>
        <ShortForm
          key={name}
          words={{ label: w.name, save: w.rename }}
          value={name}
          most={100}
          give={(typed) => credentials.rename(id, typed)}
        />
        <p class="quiet">
          {w.made} <Time at={createdAt} /> · {w.lastUsed}: {lastUsedAt ? <Time at={lastUsedAt} /> : w.never}
          {synced && ` · ${w.synced}`}
          {host !== location.hostname && ` · ${formatMessage(w.forHost, { host })}`}
        </p>
      </div>
      <AskedButton
        label={w.remove}
        name={formatMessage(w.removeOf, { name })}
        question={formatMessage(isLast ? w.removeLast : w.removeAsk, { name })}
        cancel={w.keep}
        act={() => credentials.remove(id)}
      />
    </li>
  )
}
