import type { Signal } from '@preact/signals'
import { words } from '../core/words.ts'

const lengths = [
  { days: 1, word: 'day' },
  { days: 7, word: 'week' },
  { days: 30, word: 'month' },
  { days: 0, word: 'good' },
] as const

/** The end of a ban of so many days from now; none for good. */
export function untilAfter(days: number): { until?: string } {
  return days ? { until: new Date(Date.now() + days * 86_400_000).toISOString() } : {}
}

/** For how many days somebody is banned; 0 is for good. */
export function BanLength({ days }: { days: Signal<number> }) {
  const w = words('bans')
  return (
    <label>
      <span>{w.for}</span>
      <select
        value={days.value}
        onChange={(event) => {
          days.value = Number(event.currentTarget.value)
        }}
      >
        {lengths.map((length) => (
          <option key={length.word} value={length.days}>
            {w[length.word]}
          </option>
        ))}
      </select>
    </label>
  )
}
