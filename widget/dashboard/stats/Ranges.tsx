import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { dayBefore, lengths } from './days.ts'

/** The choice of days: some up to today, or from one to another. */
export function Ranges() {
  const { place } = useDesk()
  const { from, to } = place.here.value
  const w = words('stats').days
  const today = dayBefore(0)
  return (
    <div class="ranges">
      <fieldset aria-label={w.range}>
        {lengths.map((days) => {
          const first = dayBefore(days - 1)
          const isChosen = !to && (from === first || (!from && days === 30))
          return (
            <button
              key={days}
              type="button"
              aria-pressed={isChosen}
              onClick={() => place.go({ from: days === 30 ? '' : first, to: '' })}
            >
              {formatMessage(w.length, { count: days })}
            </button>
          )
        })}
      </fieldset>
      <label class="choice">
        <span>{w.from}</span>
        <input
          type="date"
          value={from || dayBefore(29)}
          max={to || today}
          onChange={(event) => place.go({ from: event.currentTarget.value })}
        />
      </label>
      <label class="choice">
        <span>{w.to}</span>
        <input
          type="date"
          value={to || today}
          min={from}
          max={today}
          onChange={(event) => place.go({ to: event.currentTarget.value })}
        />
      </label>
    </div>
  )
}
