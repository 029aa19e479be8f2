import type { SourceTime } from '../entry.ts'
import { sourceTime } from '../sourceTime.ts'

/**
 * A time as Movable Type writes it, `MM/DD/YYYY hh:mm:ss AM|PM`, where AM or PM may be missing (then by 24 hours), as may
 * the seconds; or as others do, with the year before it. Without a zone it is what a clock showed.
 */
export function movableTypeDate(written: string): SourceTime {
  const text = written.trim()
  const match =
    /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})\s+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s*([ap]\.?m\.?)?$/i.exec(text)
  if (!match) return sourceTime(text)
  const [, month, day, year = '', hour, minute, second = '0', half = ''] = match
  const isAfternoon = /^p/i.test(half)
  const hours = Number(hour)
  const ofDay = isAfternoon && hours < 12 ? hours + 12 : /^a/i.test(half) && hours === 12 ? 0 : hours
  const century = year.length === 4 ? 0 : Number(year) < 70 ? 2000 : 1900
  const [years, ...rest] = [century + Number(year), month, day, ofDay, minute, second].map(String)
  const [months, days, ...time] = rest.map((part) => part.padStart(2, '0'))
  return sourceTime(`${years?.padStart(4, '0')}-${months}-${days}T${time.join(':')}`)
}
