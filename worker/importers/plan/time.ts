import { earliestImported } from '../../contract/imports.ts'
import type { SourceTime } from '../entry.ts'
import { shownBy } from '../sourceTime.ts'

/**
 * When something happened, in milliseconds since the epoch.
 *
 * @param zone the IANA name of the zone of times that name none
 * @returns null for what is no time, or one from before the web
 */
export function moment(time: SourceTime, zone: string): number | null {
  const at = typeof time === 'number' ? time : zoned(time.local, zone)
  return at !== null && at >= earliestImported && at < 8.64e15 ? Math.floor(at) : null
}

/**
 * What a clock on a wall showed, as a time. What the clock skipped in spring is as much later; of what it showed twice in
 * autumn the first is meant: the rule "compatible" of ECMAScript's Temporal (RFC 5545 §3.3.5 has the same).
 */
function zoned(local: string, zone: string): number | null {
  const shown = shownBy(local)
  if (shown === null) return null
  const before = offset(shown - day24, zone)
  const after = offset(shown + day24, zone)
  const fits = [shown - before, shown - after].filter((at) => at + offset(at, zone) === shown)
  return fits.length ? Math.min(...fits) : shown - before
}

const day24 = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()

/** By how much clocks of a zone are ahead of UTC, in milliseconds. Kept by the quarter of an hour: none changes within. */
function offset(at: number, zone: string): number {
  if (zone === 'UTC') return 0
  const quarter = Math.floor(at / 900_000)
  const name = `${zone} ${quarter}`
  const known = offsets.get(name)
  if (known !== undefined) return known
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    })
    formats.set(zone, format)
  }
  const part = Object.fromEntries(
    format.formatToParts(quarter * 900_000).map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>
  const shown = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second)
  if (offsets.size > 20_000) offsets.clear()
  offsets.set(name, shown - quarter * 900_000)
  return shown - quarter * 900_000
}
