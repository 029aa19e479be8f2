import type { SourceTime } from '../entry.ts'

const two = (number: number) => String(number).padStart(2, '0')

/**
 * A time as Movable Type writes it, `MM/DD/YYYY hh:mm:ss AM|PM`, where AM or PM may be missing (then by 24 hours), as may
 * the seconds; and as others do, `YYYY-MM-DD` or `YYYY/MM/DD` before the time. Without a zone it is what a clock showed.
 * What is no time is a clock's that never was.
 */
export function movableTypeDate(written: string): SourceTime {
  const text = written.trim()
  const iso = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.exec(text)
  if (iso && !Number.isNaN(Date.parse(text))) return Date.parse(text)
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})\b(.*)$/.exec(text)
  const [, year, month, day, rest] = american
    ? ['', american[3], american[1], american[2], american[4]]
    : (/^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ]?(.*)$/.exec(text) ?? [])
  const time = /^[T\s]*(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s*([AaPp]\.?[Mm]\.?)?\s*$/.exec(rest ?? '')
  if (!year || !time) return { local: '0000-00-00T00:00:00' }
  const half = time[4]?.[0]?.toUpperCase()
  const hour = Number(time[1])
  const hours = half === 'P' && hour < 12 ? hour + 12 : half === 'A' && hour === 12 ? 0 : hour
  const years = Number(year) + (year.length === 4 ? 0 : Number(year) < 70 ? 2000 : 1900)
  const date = `${String(years).padStart(4, '0')}-${two(Number(month))}-${two(Number(day))}`
  return { local: `${date}T${two(hours)}:${two(Number(time[2]))}:${two(Number(time[3] ?? 0))}` }
}
