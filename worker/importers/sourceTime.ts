import type { SourceTime } from './entry.ts'

/** A date and a time of day, with or without a zone: ISO 8601, RFC 3339, and Go's and SQL's way of writing it. */
const stamp =
  /^(\d{4,6})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?/i

/** The earliest and the latest moment that a `Date` can be. */
const furthest = 8.64e15

/**
 * A time of a file: milliseconds since the epoch, or a text as `stamp` has it.
 *
 * @returns Milliseconds where it names its zone, else what a clock showed. What is no time is given as it stands, as the
 *   time of such a clock: it cannot be told when that was.
 */
export function sourceTime(value: number | string): SourceTime {
  if (typeof value === 'number') {
    return Math.abs(value) <= furthest ? Math.trunc(value) : { local: String(value) }
  }
  const text = value.trim()
  const match = stamp.exec(text)
  if (!match) return namedZone(text)
  const [, year, month = '', day = '', hour = '0', minute = '00', second = '00', fraction = '', zone] = match
  const [months, days, hours] = [month, day, hour].map((part) => part.padStart(2, '0'))
  const local = `${year}-${months}-${days}T${hours}:${minute}:${second}`
  const shown = shownBy(local)
  if (shown === null) return { local: text.slice(0, 40) }
  if (!zone) return { local }
  return shown + Number(`${fraction}000`.slice(0, 3)) - offset(zone)
}

/**
 * What a clock showed, `2007-09-04T10:49:28`, as if it had stood in UTC: milliseconds since the epoch; null for a day or
 * a time of day that is not there.
 */
export function shownBy(local: string): number | null {
  const shown = Date.parse(`${local}Z`)
  return !Number.isNaN(shown) && new Date(shown).toISOString().slice(0, 19) === local ? shown : null
}

/** Milliseconds that a zone is ahead of UTC. */
function offset(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000
}

/** `Tue, 26 Oct 2021 13:00:41 GMT` and the like. */
function namedZone(text: string): SourceTime {
  const time = /^[a-z].*(GMT|UTC|Z|[+-]\d{4})/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? { local: text.slice(0, 40) } : time
}
