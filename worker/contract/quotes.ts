import * as v from 'valibot'
import { moment } from './answers.ts'
import type { Operation } from './operation.ts'
import { statuses } from './status.ts'

/** Comments of an author whose branches are looked through, the latest first. */
export const mostQuoted = 100

/** Comments of others in these branches that are looked at. */
export const mostAnswers = 300

/** `GET /v1/authors/:id/quotes`: comments of others that say again what an author wrote; they stay when it is erased. */
export const quotes = v.object({
  items: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      excerpt: v.string(),
      status: v.picklist(statuses),
      page: v.object({ key: v.string(), title: v.string() }),
      createdAt: moment,
    }),
  ),
  /** Whether there were more comments than are looked at. */
  more: v.boolean(),
})
export type Quotes = v.InferOutput<typeof quotes>

export const readQuotes = {
  summary:
    'Finds comments of others in the same branches that quote an author or have the same words; after an erasure, those that quote what they answered.',
  answers: { 200: quotes },
} satisfies Operation
