import type { Identity } from '../access/identity.ts'
import { sitesOf } from '../access/permissions.ts'
import type { World } from '../commands/world.ts'
import { type DailyStats, mostDays, type Waits } from '../contract/dailyStats.ts'
import { statuses } from '../contract/status.ts'
import { Refusal } from '../http/refusal.ts'
import * as daily from '../store/dailyFigures.ts'
import { iso } from '../store/database.ts'
import { named } from '../store/threads.ts'
import { add, dateOf, dayNumber, everySite, noFigures, secondsOf } from './dayFigures.ts'

/** Sites whose figures are added up: each has a row a day. All sites of the instance have rows of their own. */
const mostSites = 6

/** Pages that are named as the busiest. */
const mostPages = 10

interface Range {
  site?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/**
 * What came and what was decided in a range of days, on sites of somebody.
 *
 * @throws Refusal `invalid` for a range that is none or too long, or where they have too many sites and name none
 */
export async function dailyStats({ db, now }: World, by: Identity, range: Range): Promise<DailyStats> {
  const sites = sitesOf(by, range.site || null) ?? [everySite]
  if (sites.length > mostSites)
    throw new Refusal('invalid', { field: 'site', message: `Name a site: you have more than ${mostSites}.` })
  const days = daysOf(range, now)
  const [found, progress] = await Promise.all([daily.between(db, sites, days), daily.progress(db)])
  const byDay = Map.groupBy(found, ({ day }) => day)
  const all = noFigures()
  const items = Array.from({ length: days[1] - days[0] + 1 }, (_, at) => {
    const figures = noFigures()
    for (const one of byDay.get(days[0] + at) ?? []) add(figures, one.figures)
    add(all, figures)
    return {
      day: dateOf(days[0] + at),
      comments: Object.fromEntries(statuses.map((name) => [name, Math.max(0, figures.comments[name] ?? 0)])),
      timeToDecision: waitsOf(figures.waits),
    } as DailyStats['items'][number]
  })
  return {
    ...{ from: dateOf(days[0]), to: dateOf(days[1]), items, next: null },
    countedTo: iso(progress.nextAt),
    timeToDecision: waitsOf(all.waits),
    people: peopleOf(all, by),
    reasons: ranked(all.reasons).map(([reason, count]) => ({ reason, count })),
    pages: await busiest(db, all.pages),
  }
}

/** The numbers of the first and the last day. */
function daysOf({ from, to }: Range, now: number): [from: number, to: number] {
  const last = to === undefined ? dayNumber(now) : dayNumber(Date.parse(to))
  const first = from === undefined ? last - 29 : dayNumber(Date.parse(from))
  if (first > last)
    throw new Refusal('invalid', { field: 'to', message: 'The last day is before the first. Swap them.' })
  if (last - first >= mostDays)
    throw new Refusal('invalid', {
      field: 'from',
      message: `Ask for ${mostDays} days at most.`,
      limit: mostDays,
    })
  return [first, last]
}

const ranked = (counts: Record<string, number>) =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .toSorted(([, one], [, other]) => other - one)

/** Median and slowest tenth out of steps of waiting. */
function waitsOf(waits: daily.DayFigures['waits']): Waits | null {
  const steps = Object.entries(waits)
    .filter(([, count]) => count > 0)
    .map(([key, count]) => ({ seconds: secondsOf(key), count }))
    .toSorted((one, other) => one.seconds - other.seconds)
  const decisions = steps.reduce((sum, { count }) => sum + count, 0)
  if (decisions === 0) return null
  const at = (share: number) => {
    let below = 0
    const step = steps.find(({ count }) => {
      below += count
      return below > share * (decisions - 1)
    })
    return Math.round(step?.seconds ?? 0)
  }
  return { decisions, median: at(0.5), ninetieth: at(0.9) }
}

/** Who decided how much: for owners; others compare nobody but themselves with screening. */
function peopleOf({ people }: daily.DayFigures, by: Identity): DailyStats['people'] {
  const seen = Object.entries(people).filter(
    ([id]) => by.scope === 'own' || id === by.id || id === 'screening',
  )
  const total = (acts: Record<string, number>) => Object.values(acts).reduce((sum, count) => sum + count, 0)
  return seen
    .map(([id, { name, acts }]) => ({ id, name, acts: Object.fromEntries(ranked(acts)) }))
    .filter(({ acts }) => total(acts) > 0)
    .toSorted((one, other) => total(other.acts) - total(one.acts))
}

async function busiest(db: World['db'], pages: Record<string, number>): Promise<DailyStats['pages']> {
  const most = ranked(pages).slice(0, mostPages)
  const threads = await named(
    db,
    most.map(([id]) => Number(id)),
  )
  return most.flatMap(([id, comments]) => {
    const thread = threads.get(Number(id))
    return thread ? [{ thread, comments }] : []
  })
}
