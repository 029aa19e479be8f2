import { languages } from '../../../worker/contract/languages.ts'
import { words } from '../core/words.ts'
import { use } from '../desk.ts'
import { described, LineField, Notes, problemOf } from './fields.tsx'
import { SettingFields } from './SettingFields.tsx'
import { settingsOf } from './settings.ts'

/** What the site is called, where its pages are, in which language, and what writers may. */
export function SiteIdentity() {
  const settings = use(settingsOf)
  const w = words('settings')
  const origins = problemOf(settings, 'origins')
  return (
    <section>
      <h2>{w.identity}</h2>
      <LineField name="name" most={100} />
      <LineField name="locale" most={35} list="setting-languages" />
      <datalist id="setting-languages">
        {languages.map((language) => (
          <option key={language} value={language} />
        ))}
      </datalist>
      <div class="setting list">
        <label for="setting-origins">{w.fields.origins}</label>
        <textarea
          id="setting-origins"
          rows={3}
          dir="ltr"
          spellcheck={false}
          autocapitalize="off"
          defaultValue={settings.before.value?.origins}
          value={settings.form.value?.origins}
          {...described('origins', origins)}
          onInput={(event) => settings.set('origins', event.currentTarget.value)}
        />
        <Notes name="origins" problem={origins} />
      </div>
      <SettingFields group="site" />
    </section>
  )
}
