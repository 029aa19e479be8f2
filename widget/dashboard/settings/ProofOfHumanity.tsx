import { useEffect } from 'preact/hooks'
import { held } from '../core/held.ts'
import { errorWords, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { ChoiceField, NumberField, TextField } from './fields.tsx'
import { settingsOf } from './settings.ts'
import { turnstileSecretOf } from './turnstileSecret.ts'

/** Whether who writes has to prove that they are a person, and by what. */
export function ProofOfHumanity() {
  const settings = use(settingsOf)
  const w = words('settings')
  const noSecret = settings.refused.value.proof?.code === 'missing'
  return (
    <section>
      <h2>{w.fields.proof}</h2>
      <p class="quiet">{w.proof.note}</p>
      <ChoiceField name="proof" headed {...(noSecret && { problem: w.proof.noSecret })} />
      {settings.form.value?.proof === 'turnstile' && (
        <>
          <TextField name="turnstileSiteKey" />
          <Secret />
        </>
      )}
      <NumberField name="dayBudget" />
      <NumberField name="networkBudget" />
    </section>
  )
}

function Secret() {
  const secret = use(turnstileSecretOf)
  const settings = use(settingsOf)
  const site = settings.siteId.value
  const w = words('settings').proof
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
      <button type="submit" {...held(secret.busy.value)}>
        {w.setSecret}
      </button>
    </form>
  )
}
