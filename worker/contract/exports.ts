import * as v from 'valibot'
import { siteId } from './input.ts'
import type { Operation } from './operation.ts'

/** The query of `GET /v1/exports/decisions.csv`. */
export const exportQuery = v.strictObject({ site: siteId })

export const exportDecisions = {
  summary: 'Exports what people decided on a site as CSV: the thread’s key, spam or ham, when, and the text.',
  query: exportQuery,
  answers: { 200: 'text/csv' },
} satisfies Operation
