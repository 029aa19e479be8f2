import * as v from 'valibot'
import { whole } from './answers.ts'
import type { Operation } from './operation.ts'

/** How far the full-text index has come: comments that it has, of how many there were when it was begun. */
export const indexProgress = v.object({
  /** `missing` where no database is bound for it. */
  state: v.picklist(['ready', 'building', 'missing']),
  built: whole,
  total: whole,
})
export type IndexProgress = v.InferOutput<typeof indexProgress>

const answers = { 200: indexProgress }

export const readIndex = {
  summary: 'Tells how far the full-text index has come.',
  answers,
} satisfies Operation

export const extendIndex = {
  summary: 'Brings the full-text index a part further at once; to be repeated until it is ready.',
  answers,
} satisfies Operation

export const emptyIndex = {
  summary: 'Empties the full-text index: from then on it is made anew from the database.',
  answers,
} satisfies Operation
