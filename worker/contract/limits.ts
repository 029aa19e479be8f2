import { mostCounts } from './countLimits.ts'
import { longestTitle } from './pageLimits.ts'
import { longestNote } from './reportLimits.ts'

/** Longest values, in Unicode code points; `request` and `listRequest` in bytes. */
export const limits = {
  body: 10_000,
  name: 100,
  email: 254,
  url: 2_000,
  title: longestTitle,
  key: 500,
  reason: 500,
  note: longestNote,
  staffNote: 2_000,
  badge: 30,
  request: 256 * 1024,
  /** A whole word list, of so many entries, each so long. */
  listRequest: 1024 * 1024,
  words: 5_000,
  word: 100,
  counts: mostCounts,
  /** Comments in one page of the moderation queue, and decisions in one request. */
  page: 100,
} as const
