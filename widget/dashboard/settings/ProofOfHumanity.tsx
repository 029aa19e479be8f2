import { useEffect } from 'preact/hooks'
import { proofs } from '../../../worker/contract/siteSettings.ts'
import { errorWords, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { described, Notes, problemOf } from './fields.tsx'
import { settingsOf } from './settings.ts'
import { turnstileSecretOf } from './turnstileSecret.ts'

/** Whether who writes has to prove that they are a person, and by what. */
export function ProofOfHumanity() {
  const settings = use(settingsOf)
  const w = words().settings.proof
  const chosen = settings.form.value?.proof
  const problem = settings.refused.value.proof?.code === 'missing' ? w.noSecret : problemOf(settings, 'proof')
  return (
    <section>
      <h2>{w.title}</h2>
      <p class="quiet">{w.note}</p>
      <fieldset class="policies">
        <legend class="unseen">{w.title}</legend>
        {proofs.map((kind) => (
          <label key={kind} class="switch">
            <input
              type="radio"
              name="proof"
              checked={chosen === kind}
              {...(chosen === kind && described('proof', problem))}
              onChange={() => settings.set('proof', kind)}
            />
            <span>{w.kinds[kind]}</span>
          </label>
        ))}
        <Notes name="proof" problem={problem} />
      </fieldset>
      {chosen === 'turnstile' && (
        <>
          <SiteKey />
          <Secret />
        </>
      )}
    </section>
  )
}

function SiteKey() {
  const settings = use(settingsOf)
  const problem = problemOf(settings, 'turnstileSiteKey')
  return (
    <div class="setting">
      <label for="setting-turnstileSiteKey">{words().settings.fields.turnstileSiteKey}</label>
      <input
        id="setting-turnstileSiteKey"
        type="text"
        autocomplete="off"
        spellcheck={false}
        maxLength={100}
        value={settings.form.value?.turnstileSiteKey}
        {...described('turnstileSiteKey', problem)}
        onInput={(event) => settings.set('turnstileSiteKey', event.currentTarget.value)}
      />
      <Notes name="turnstileSiteKey" problem={problem} />
    </div>
  )
}

function Secret() {
  const secret = use(turnstileSecretOf)
  const settings = use(settingsOf)
  const site = settings.siteId.value
  const w = words().settings.proof
  const problem = secret.problem.value
  useEffect(() => secret.forget, [secret, site])
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        secret.set()
      }}
    >
      <label>
        <span>{w.secret}</span>
        <input
          type="password"
          required
          autocomplete="off"
          maxLength={500}
          value={secret.typed.value}
          aria-invalid={problem !== null}
          aria-describedby="turnstile-secret"
          onInput={(event) => {
            secret.typed.value = event.currentTarget.value
          }}
        />
      </label>
      <p class={problem ? 'error' : 'quiet'} id="turnstile-secret" role={problem ? 'alert' : undefined}>
        {problem ? errorWords(problem) : w.secretNote}
      </p>
      <button type="submit" disabled={secret.busy.value}>
        {w.setSecret}
      </button>
    </form>
  )
}
