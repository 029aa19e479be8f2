import { words } from '../core/words.ts'
import { use } from '../desk.ts'
import { newImportOf } from './newImport.ts'

/** In which time zone the clock of the old system stood, where its file does not say. */
export function ZoneField() {
  const making = use(newImportOf)
  const { zone } = making.choices.value
  const zones = [...new Set([zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort()
  const w = words('imports')
  return (
    <label class="field">
      <span>{w.zone}</span>
      <select value={zone} onChange={(event) => making.choose({ zone: event.currentTarget.value })}>
        {zones.map((one) => (
          <option key={one} value={one}>
            {one.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
      <span class="quiet">{w.zoneNote}</span>
    </label>
  )
}
