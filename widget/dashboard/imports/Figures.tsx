import { Visible } from '../ui/Visible.tsx'
import { numberWords } from './numbers.ts'

/** What is counted, or named, under what it is; what is none is left out. */
export function Figures({ of }: { of: [label: string, value: number | string][] }) {
  const told = of.filter(([, value]) => value !== 0 && value !== '')
  if (told.length === 0) return null
  return (
    <dl class="facts">
      {told.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{typeof value === 'number' ? numberWords(value) : <Visible text={value} />}</dd>
        </div>
      ))}
    </dl>
  )
}
