import { policies } from '../../../worker/contract/site.ts'
import { tag, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { Choice, Notes, NumberField, problemOf, Switch } from './fields.tsx'
import { settingsOf } from './settings.ts'

/** Whose comments wait for a person, and what else makes one wait. */
export function WhoWaits() {
  const settings = use(settingsOf)
  const w = words()
  const policy = settings.form.value?.policy
  return (
    <section>
      <h2>{w.settings.who}</h2>
      <fieldset class="policies">
        <legend class="unseen">{w.settings.who}</legend>
        {policies.map((name) => (
          <label key={name} class="switch">
            <input
              type="radio"
              name="policy"
              checked={policy === name}
              onChange={() => settings.set('policy', name)}
            />
            <span>{w.sites.policies[name]}</span>
          </label>
        ))}
        <p class="error">{problemOf(settings, 'policy')}</p>
      </fieldset>
      <NumberField name="trustedAfter" />
      <h3>{w.settings.besides}</h3>
      <NumberField name="holdFirst" />
      <NumberField name="holdDays" />
      <NumberField name="maxLinks" />
      <NumberField name="flagThreshold" />
      <Switch name="holdLinks" />
      <Switch name="holdNewDomains" />
      <Switch name="holdNight">
        <Night />
      </Switch>
    </section>
  )
}

function Night() {
  const settings = use(settingsOf)
  const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: hourWords(hour) }))
  const chosen = settings.form.value?.timeZone ?? 'UTC'
  const zones = [...new Set([chosen, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort()
  return (
    <div class="night">
      <Choice name="nightFrom" options={hours} />
      <Choice name="nightTo" options={hours} />
      <Choice
        name="timeZone"
        options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
      {(['nightFrom', 'nightTo', 'timeZone'] as const).map((name) => (
        <Notes key={name} name={name} problem={problemOf(settings, name)} />
      ))}
    </div>
  )
}

/** A full hour as clocks show it. */
function hourWords(hour: number): string {
  const format = { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(tag(), format).format(Date.UTC(2000, 0, 1, hour))
}
