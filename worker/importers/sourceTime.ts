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
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match
  const parts = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const local = wallClock(parts)
  if (!local) return { local: text.slice(0, 40) }
  if (!zone) return { local }
  return Date.parse(`${local}Z`) + Number(`${fraction}000`.slice(0, 3)) - offset(zone)
}

/** What a clock shows, as the first part of ISO 8601; null for a day or a time of day that is not there. */
function wallClock([year, month, day, hour, minute, second]: [
  number,
  number,
  number,
  number,
  number,
  number,
]) {
  const time = new Date(Date.UTC(2000, month - 1, day, hour, minute, second))
  time.setUTCFullYear(year, month - 1, day)
  const same =
    year <= 9999 &&
    time.getUTCMonth() === month - 1 &&
    time.getUTCDate() === day &&
    time.getUTCHours() === hour &&
    time.getUTCMinutes() === minute &&
    time.getUTCSeconds() === second
  return same ? time.toISOString().slice(0, 19) : null
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
