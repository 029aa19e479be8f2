import type { SearchOperator } from '../../../worker/contract/searchQuery.ts'
import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { hasValue, toggled, valueIn, withValue } from './terms.ts'

const switches = [
  ['is', 'reported'],
  ['is', 'edited'],
  ['is', 'appealed'],
  ['has', 'link'],
] as const

/** What narrows a search down, for those who would rather press than type: it writes the search. */
export function Chips() {
  const { place } = useDesk()
  const w = words('finding')
  const { q } = place.here.value
  const change = (next: string) => place.go({ q: next })
  const choice = (operator: SearchOperator, label: string, names: Record<string, string>) => (
    <select
      aria-label={label}
      value={valueIn(q, operator)}
      onChange={(event) => change(withValue(q, operator, event.currentTarget.value))}
    >
      <option value="">{label}</option>
      {Object.entries(names).map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  )
  const day = (operator: 'after' | 'before') => (
    <label>
      {w[operator]}{' '}
      <input
        type="date"
        value={valueIn(q, operator)}
        onChange={(event) => change(withValue(q, operator, event.currentTarget.value))}
      />
    </label>
  )
  return (
    <div class="chips">
      {switches.map(([operator, value]) => (
        <button
          key={value}
          type="button"
          aria-pressed={hasValue(q, operator, value)}
          onClick={() => change(toggled(q, operator, value))}
        >
          {w.switches[value]}
        </button>
      ))}
      {choice('reason', w.reason, { ...words().reasons, ...w.reasons })}
      {choice('lang', w.language, w.languages)}
      {day('after')}
      {day('before')}
    </div>
  )
}
