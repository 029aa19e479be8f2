import { policies } from '../../../worker/contract/policies.ts'
import { words } from '../core/words.ts'
import { use } from '../desk.ts'
import { problemOf } from './fields.tsx'
import { SettingFields } from './SettingFields.tsx'
import { settingsOf } from './settings.ts'

/** Whose comments wait for a person, and what else makes one wait. */
export function WhoWaits() {
  const settings = use(settingsOf)
  const w = words('settings')
  const policy = settings.form.value?.policy
  return (
    <section>
      <h2>{w.who}</h2>
      <fieldset class="policies">
        <legend class="unseen">{w.who}</legend>
        {policies.map((name) => (
          <label key={name} class="switch">
            <input
              type="radio"
              name="policy"
              checked={policy === name}
              onChange={() => settings.set('policy', name)}
            />
            <span>{words('sites').policies[name]}</span>
          </label>
        ))}
        <p class="error">{problemOf(settings, 'policy')}</p>
      </fieldset>
      <SettingFields group="trust" />
      <h3>{w.besides}</h3>
      <SettingFields group="besides" />
    </section>
  )
}
