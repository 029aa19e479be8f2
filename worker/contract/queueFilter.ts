import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { digits, line, siteId } from './input.ts'
import type { Operation } from './operation.ts'
import { tabs } from './queueTabs.ts'

/** Which comments a list has. */
const filterEntries = {
  site: v.optional(siteId),
  /** An author's public id. */
  author: v.optional(line(100)),
  thread: v.optional(digits),
  /** Words, "texts in quotes", -without, and operators: see `contract/searchQuery.ts`. */
  q: v.optional(line(200)),
}

/** All comments of a list, by the words of its address: what it shows, and what acts on all that match are about. */
export const queueFilter = v.strictObject({ tab: v.optional(v.picklist(tabs), 'held'), ...filterEntries })
export type QueueFilter = v.InferOutput<typeof queueFilter>

/**
 * What a search was made with: the full-text index, which knows all comments; or, while that is built or where there is
 * none, the latest comments alone. Where it is behind, some of what changed a moment ago is not found as it is.
 */
export const searchState = v.object({
  index: v.picklist(['ready', 'behind', 'building', 'missing']),
  /** Which share of all comments the index has, from 0 to 1. How many there are, whoever has some sites need not know. */
  share: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** Where the page is not full: back to when was looked. The next one goes on from there. */
  lookedTo: v.nullable(moment),
})
export type SearchState = v.InferOutput<typeof searchState>

/** Comments that are counted at most. */
export const mostFound = 100

/** `GET /v1/queue/counts`: how many of each tab a search finds, `most` at most; null without an index, or while it is behind. */
export const foundCounts = v.object({
  most: whole,
  counts: v.nullable(v.object(v.entriesFromList(tabs, whole))),
  /** Tabs that have so many or more. */
  atLeast: v.array(v.picklist(tabs)),
})
export type FoundCounts = v.InferOutput<typeof foundCounts>

export const countFound = {
  summary: 'Counts what a search finds in each tab.',
  query: v.strictObject(filterEntries),
  answers: { 200: foundCounts },
} satisfies Operation
