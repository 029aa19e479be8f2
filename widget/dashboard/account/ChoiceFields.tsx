import type { Signal } from '@preact/signals'
import { type Choice, paces } from '../../../worker/contract/notifications.ts'
import { tag, words } from '../core/words.ts'

/** Minutes that are offered between two messages. */
const minutes = [5, 15, 30, 60, 120, 240, 720]

export const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** An hour of the day as people write it. */
export const hourWords = (hour: number) =>
  new Intl.DateTimeFormat(tag(), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2000, 0, 1, hour)),
  )

/** How often and of what somebody is told. */
export function ChoiceFields({ label, choice }: { label?: string; choice: Signal<Choice> }) {
  const w = words('notifications')
  const { pace, held, disputed } = choice.value
  const take = (more: Partial<Choice>) => {
    choice.value = { ...choice.peek(), ...more }
  }
  const offered = [...new Set([...minutes, choice.value.minutes])].sort((one, other) => one - other)
  const switchOf = (name: 'held' | 'disputed', on: boolean) => (
    <label class="switch">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => take({ [name]: event.currentTarget.checked })}
      />
      <span>{w[name]}</span>
    </label>
  )
  return (
    <fieldset class="choice" aria-label={label ?? w.title}>
      {label && <legend>{label}</legend>}
      <div class="fields">
        <label>
          <span>{w.pace}</span>
          <select
            value={pace}
            onChange={(event) => take({ pace: event.currentTarget.value as Choice['pace'] })}
          >
            {paces.map((one) => (
              <option key={one} value={one}>
                {w.paces[one]}
              </option>
            ))}
          </select>
        </label>
        {pace === 'minutes' && (
          <label>
            <span>{w.minutes}</span>
            <select
              value={choice.value.minutes}
              onChange={(event) => take({ minutes: Number(event.currentTarget.value) })}
            >
              {offered.map((count) => (
                <option key={count} value={count}>
                  {count.toLocaleString(tag())}
                </option>
              ))}
            </select>
          </label>
        )}
        {pace === 'daily' && (
          <label>
            <span>{w.hour}</span>
            <select
              value={choice.value.hour}
              onChange={(event) => take({ hour: Number(event.currentTarget.value) })}
            >
              {hours.map((hour) => (
                <option key={hour} value={hour}>
                  {hourWords(hour)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {pace !== 'never' && switchOf('held', held)}
      {pace !== 'never' && switchOf('disputed', disputed)}
    </fieldset>
  )
}
