import { words } from '../core/words.ts'
import { SettingFields } from './SettingFields.tsx'

/** How long the site keeps what is not published. */
export function Keeping() {
  const w = words('settings')
  return (
    <section>
      <h2>{w.kept}</h2>
      <p class="quiet">{w.keptNote}</p>
      <SettingFields group="kept" />
    </section>
  )
}
