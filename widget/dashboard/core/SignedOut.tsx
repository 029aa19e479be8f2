import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { useDesk } from '../desk.ts'
import { held } from './held.ts'
import { OtherWays } from './OtherWays.tsx'
import { Preferences } from './Preferences.tsx'
import { UnsentTexts } from './UnsentTexts.tsx'
import { unsentTexts } from './unsentTexts.ts'
import { errorWords, words } from './words.ts'

/** The door: how to get a sign-in link, and a field to paste one. */
export function SignedOut() {
  const { session, connection } = useDesk()
  const heading = useRef<HTMLHeadingElement>(null)
  const link = useSignal('')
  const empty = useSignal(false)
  const texts = useSignal<string[]>([])
  const w = words('signedOut')
  const state = session.state.value
  const busy = session.busy.value
  const lost = state === 'out' && session.session.value !== null
  const error = session.error.value
  const removed = connection.removed.value
  useEffect(() => {
    if (lost) heading.current?.focus()
  }, [lost])
  useEffect(() => {
    if (removed) texts.value = unsentTexts()
  }, [removed, texts])
  const ofLink = error?.code === 'link_expired'
  const told = empty.value ? w.empty : error && ofLink ? errorWords(error) : ''

  function submit(event: Event) {
    event.preventDefault()
    empty.value = link.value.trim() === ''
    if (!empty.value) session.signIn(link.value)
  }

  return (
    <main class="door">
      <p class="brand">
        <span lang="ja">反響</span> Hankyo
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {removed ? w.removed : w.title}
      </h1>
      {removed && (
        <>
          <p role="status">{w.removedNote}</p>
          <UnsentTexts texts={texts.value} />
        </>
      )}
      {lost && !removed && <p role="status">{w.lost}</p>}
      {state === 'failed' && (
        <p>
          <button type="button" onClick={() => session.open()} {...held(busy)}>
            {words().tryAgain}
          </button>
        </p>
      )}
      <p class="error" role="alert">
        {error && !ofLink && errorWords(error)}
      </p>
      {!removed && <OtherWays />}
      <p id="how">{removed ? w.again : w.how}</p>
      {!removed && (
        <pre dir="ltr">
          <code>npm run --silent admin -- sign-in</code>
        </pre>
      )}
      <form onSubmit={submit} noValidate>
        <label for="link">{w.field}</label>
        <input
          id="link"
          type="password"
          dir="ltr"
          autocomplete="one-time-code webauthn"
          value={link.value}
          onInput={(event) => {
            link.value = event.currentTarget.value
          }}
          aria-describedby={told ? 'link-error' : 'how'}
          aria-invalid={told ? 'true' : undefined}
        />
        <p id="link-error" class="error" role="alert">
          {told}
        </p>
        <button type="submit" {...held(busy)}>
          {busy ? w.going : w.go}
        </button>
      </form>
      <Preferences />
    </main>
  )
}
