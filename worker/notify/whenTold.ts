import type { Choice, QuietHours } from '../contract/notifications.ts'

/** How often somebody is told, and by which clock. */
export interface Timing extends Pick<Choice, 'pace' | 'minutes' | 'hour'> {
  quiet: QuietHours | null
  /** A name of the IANA database; hours are in UTC where it is none. */
  timeZone: string
}

const minute = 60_000
const day = 1440 * minute

/** What lies at least between the messages of two days: one may be later than it was due. */
const apart = day / 3

/**
 * When somebody is told of what happened by now: never before the pace that they chose allows it, and not in their
 * quiet hours. An hour that a day of theirs does not have is told right after the gap; one that it has twice, the first
 * time. All times are milliseconds since the epoch.
 *
 * @param toldAt when they were told last; null for never yet
 * @returns null where they want to be told nothing
 */
export function whenTold(
  timing: Timing,
  { now, toldAt }: { now: number; toldAt: number | null },
): number | null {
  const clock = clockOf(timing.timeZone)
  switch (timing.pace) {
    case 'never':
      return null
    case 'at_once':
      return afterQuiet(now, timing.quiet, clock)
    case 'minutes':
      return afterQuiet(Math.max(now, (toldAt ?? 0) + timing.minutes * minute), timing.quiet, clock)
    case 'daily':
      return afterQuiet(
        nextHour(Math.max(now, (toldAt ?? 0) + apart), timing.hour, clock),
        timing.quiet,
        clock,
      )
  }
}

/**
 * When what was due by now may be sent, where that is later: told too short ago, or in quiet hours by now.
 *
 * @returns null where it may be sent now, or never
 */
export function putOff(
  timing: Timing,
  { now, toldAt }: { now: number; toldAt: number | null },
): number | null {
  if (timing.pace === 'never') return null
  const isTold = timing.pace === 'daily' && toldAt !== null && now - toldAt < apart
  const at = isTold
    ? whenTold(timing, { now, toldAt })
    : whenTold({ ...timing, pace: timing.pace === 'daily' ? 'at_once' : timing.pace }, { now, toldAt })
  return at !== null && at > now ? at : null
}

/** What a clock on somebody's wall shows at a moment, as if that were UTC. */
type Clock = (at: number) => number

function clockOf(timeZone: string): Clock {
  const format = formatOf(timeZone)
  return (at) => {
    const parts = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second)
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const two = '2-digit'
  const fields = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const
  const options = { ...fields, calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23' } as const
  try {
    return new Intl.DateTimeFormat('en', { ...options, timeZone })
  } catch {
    return new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' })
  }
}

/** The next moment, now or later, at which a clock shows a full hour. */
function nextHour(now: number, hour: number, clock: Clock): number {
  const today = Math.floor(clock(now) / day) * day
  for (let ahead = 0; ; ahead++) {
    const at = momentOf(today + ahead * day + hour * 60 * minute, clock)
    if (at >= now) return at
  }
}

/** The first moment at which a clock shows a time, or where it skips that, the moment at which it does. */
function momentOf(shown: number, clock: Clock): number {
  const around = [shown - day, shown + day].map((at) => shown - (clock(at) - at))
  const right = around.filter((at) => clock(at) === shown)
  return right.length > 0 ? Math.min(...right) : Math.max(...around)
}

function afterQuiet(at: number, quiet: QuietHours | null, clock: Clock): number {
  if (!quiet || quiet.from === quiet.until) return at
  const { from, until } = quiet
  const hour = new Date(clock(at)).getUTCHours()
  const isQuiet = from < until ? hour >= from && hour < until : hour >= from || hour < until
  return isQuiet ? nextHour(at, until, clock) : at
}
