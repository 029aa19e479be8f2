import * as v from 'valibot'
import { whole } from './answers.ts'
import { digits } from './input.ts'
import type { Operation } from './operation.ts'

/** Held comments that one request looks at. */
export const mostMatched = 200

/** A held comment that a list has words of. */
const wordListMatch = v.object({
  commentId: v.string(),
  author: v.string(),
  excerpt: v.string(),
  /** The word or the host that was found. */
  found: v.string(),
})

/** `GET /v1/sites/:site/word-lists/:list/matches` */
export const wordListMatches = v.object({
  items: v.array(wordListMatch),
  /** How many comments were looked at. */
  looked: whole,
  next: v.nullable(v.string()),
})
export type WordListMatches = v.InferOutput<typeof wordListMatches>

export const wordListMatchesQuery = v.strictObject({ cursor: v.optional(digits) })

export const matchWordList = {
  summary: 'Tells which of the comments that wait a list has words of, two hundred at a time.',
  query: wordListMatchesQuery,
  answers: { 200: wordListMatches },
} satisfies Operation
