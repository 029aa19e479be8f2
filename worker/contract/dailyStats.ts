import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { siteId } from './input.ts'
import type { Operation } from './operation.ts'
import { statuses } from './status.ts'

/** The longest range of days that figures are told of. */
export const mostDays = 366

/** A day there is: no 30 February, and none before 1970. */
const date = v.pipe(
  v.string(),
  v.isoDate('invalid'),
  v.check((text) => text >= '1970' && new Date(text).toISOString().startsWith(text), 'invalid'),
)

/** The query of `GET /v1/stats/days`: days in UTC, both included; the last thirty where none are named. */
export const dailyStatsQuery = v.strictObject({
  site: v.optional(siteId),
  from: v.optional(date),
  to: v.optional(date),
})

const waits = v.object({ decisions: whole, median: v.number(), ninetieth: v.number() })
export type Waits = v.InferOutput<typeof waits>

const day = v.object({
  day: v.string(),
  /** Comments that were posted that day, by what they are now. */
  comments: v.object(
    Object.fromEntries(statuses.map((status) => [status, whole])) as Record<
      (typeof statuses)[number],
      typeof whole
    >,
  ),
  /** Seconds that held comments waited for a person who decided them that day: half of them less, a tenth longer. */
  timeToDecision: v.nullable(waits),
})
export type StatsDay = v.InferOutput<typeof day>

/** Figures of a range of days. Times are good to a tenth. */
export const dailyStats = v.object({
  from: v.string(),
  to: v.string(),
  /** What happened since this time is not counted yet; null where all is. */
  countedTo: v.nullable(moment),
  items: v.array(day),
  next: v.null(),
  timeToDecision: v.nullable(waits),
  /** Decisions by who took them. An owner sees all; others see themselves and screening. */
  people: v.array(v.object({ id: v.string(), name: v.string(), acts: v.record(v.string(), whole) })),
  /** Rejections by the code of their reason: `none` without one, `other` with one that somebody typed. */
  reasons: v.array(v.object({ reason: v.string(), count: whole })),
  /** The pages with most of the comments that were posted in that time and are approved. */
  pages: v.array(
    v.object({
      thread: v.object({
        id: whole,
        siteId: v.string(),
        key: v.string(),
        url: v.string(),
        title: v.string(),
      }),
      comments: whole,
    }),
  ),
})
export type DailyStats = v.InferOutput<typeof dailyStats>

export const readDailyStats = {
  summary: 'Tells what came and what was decided, day by day, on a site or on all of yours.',
  query: dailyStatsQuery,
  answers: { 200: dailyStats },
} satisfies Operation
