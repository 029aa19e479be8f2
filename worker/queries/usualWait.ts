import { waitsIn } from '../store/figures.ts'

/** Decisions below which nothing is said of how long they take. */
const fewest = 20

/** The share of comments that were decided within the time that is told. */
const most = 0.8

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Times that are told, in seconds: nobody is served by an odd one. */
const steps = [
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  3 * day,
  7 * day,
]

/**
 * Within how many seconds most held comments of a site were decided of late; null where too few were, or where it takes so
 * long that it helps nobody to know.
 *
 * @param written the waits as the site's tally has them
 */
export function usualWait(written: string | null): number | null {
  const waits = waitsIn(written ?? '')
  if (waits.length < fewest) return null
  const usual = waits.sort((one, other) => one - other)[Math.ceil(most * waits.length) - 1] as number
  return steps.find((step) => usual <= step) ?? null
}
