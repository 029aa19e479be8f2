import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { flagReasons } from './flagReasons.ts'
import { siteId } from './input.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'
import { reason } from './phrases.ts'
import { queueItem } from './queue.ts'

/** In which order flagged comments come: those flagged last first, or those flagged most. */
export const flagSorts = ['latest', 'most'] as const
export type FlagSort = (typeof flagSorts)[number]

/** Who flagged, by a code that says nothing of them, and how staff of the site answered what they said before. */
export const reporter = v.object({
  id: v.string(),
  upheld: whole,
  refused: whole,
})

/** What a reader said is wrong with a comment, as staff sees it. */
export const openFlag = v.object({
  reason: v.picklist(flagReasons),
  note: v.string(),
  at: moment,
  /** What it adds towards the threshold of its site. */
  weight: whole,
  /** Whether it brought the comment before a person alone. */
  atOnce: v.boolean(),
  reporter,
})
export type OpenFlag = v.InferOutput<typeof openFlag>

/** An item of `GET /v1/flags`: a comment with flags that nobody has answered. */
export const flaggedComment = v.object({
  comment: queueItem,
  /** How many flags are open, and since when the latest. */
  count: whole,
  latestAt: moment,
  /** The latest five. */
  flags: v.array(openFlag),
})
export type FlaggedComment = v.InferOutput<typeof flaggedComment>

/** `GET /v1/flags`; where one reason is asked for, a page may have fewer items than others, or none, and go on. */
export const flaggedPage = v.object({
  ...page(flaggedComment).entries,
  /** The reasons for a refusal, by site, of those sites of the page that have their own. */
  reasons: v.optional(v.record(v.string(), v.array(reason))),
})
export type FlaggedPage = v.InferOutput<typeof flaggedPage>

const place = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern, 'invalid'))

/** The query of `GET /v1/flags`. */
export const flagsQuery = v.strictObject({
  site: v.optional(siteId),
  reason: v.optional(v.picklist(flagReasons)),
  sort: v.optional(v.picklist(flagSorts), 'latest'),
  /** Where the page before ended. */
  cursor: v.optional(
    v.pipe(
      place(/^\d{1,15}~\d{1,15}$/),
      v.transform((cursor) => {
        const [by = 0, seq = 0] = cursor.split('~').map(Number)
        return { by, seq }
      }),
    ),
  ),
})

/** Somebody whose reports count nowhere on a site. */
export const mutedReporter = v.object({
  ...reporter.entries,
  site: v.object({ id: v.string(), name: v.string() }),
  mutedAt: moment,
  mutedBy: v.string(),
})
export type MutedReporter = v.InferOutput<typeof mutedReporter>

/** The query of `GET /v1/muted-reporters`. */
export const mutedQuery = v.strictObject({
  site: v.optional(siteId),
  cursor: v.optional(
    v.pipe(
      place(/^\d{1,15}~[\w-]{1,16}$/),
      v.transform((cursor) => {
        const [at = '', id = ''] = cursor.split('~')
        return { at: Number(at), id }
      }),
    ),
  ),
})

export const listFlags = {
  summary: 'Lists comments that readers reported and nobody has answered, each with the latest reports.',
  query: flagsQuery,
  answers: { 200: flaggedPage },
} satisfies Operation

export const listMuted = {
  summary: 'Lists whose reports count nowhere on your sites, the latest first.',
  query: mutedQuery,
  answers: { 200: page(mutedReporter) },
} satisfies Operation

export const mute = {
  summary: 'Has the reports of somebody count nowhere on a site; they are answered as before.',
  answers: { 204: null },
} satisfies Operation

export const unmute = {
  summary: 'Has the reports of somebody count again.',
  answers: { 204: null },
} satisfies Operation
