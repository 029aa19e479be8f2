import { words } from '../core/words.ts'
import { use } from '../desk.ts'
import { SettingFields } from './SettingFields.tsx'
import { settingsOf } from './settings.ts'

/** What screening may decide without a person, and how it is watched. */
export function ByItself() {
  const settings = use(settingsOf)
  const w = words('settings')
  return (
    <section>
      <h2>{w.byItself}</h2>
      <p class="quiet">{settings.form.value?.policy === 'premoderate' ? w.rests : w.learns}</p>
      <SettingFields group="byItself" />
    </section>
  )
}
