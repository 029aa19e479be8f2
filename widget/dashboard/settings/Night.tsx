import { tag, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { described, Notes, problemOf } from './fields.tsx'
import { settingsOf } from './settings.ts'

/** The hours of the night, of a clock somewhere. */
export function Night() {
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

/** A choice of a few. */
function Choice(props: {
  name: 'nightFrom' | 'nightTo' | 'timeZone'
  options: { value: string; label: string }[]
}) {
  const settings = use(settingsOf)
  const { name, options } = props
  return (
    <label class="choice">
      <span>{words('settings').fields[name]}</span>
      <select
        value={settings.form.value?.[name]}
        {...described(name, problemOf(settings, name))}
        onChange={(event) => settings.set(name, event.currentTarget.value)}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}
