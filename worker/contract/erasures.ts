import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import type { Operation } from './operation.ts'

/** Comments that are counted to tell what an erasure would touch. */
export const mostErasedCounted = 2_000

/** Comments that one slice of an erasure looks at. */
export const erasureSlice = 100

/** What an erasure comes to on a site, where the person is an author of their own. */
const part = v.object({
  site: v.object({ id: v.string(), name: v.string() }),
  authorId: v.string(),
  /** Comments that have words, or had them when it began; `more` where only so many were counted. */
  comments: whole,
  more: v.boolean(),
  /** Those whose words are gone. */
  erased: whole,
})

/** The erasure of a person: what it would touch, or how far it is. */
export const erasure = v.object({
  /** `none` where nobody asked for it, or the person has written again since. */
  state: v.picklist(['none', 'working', 'done']),
  by: v.nullable(v.string()),
  at: v.nullable(moment),
  /** On which of your sites: whoever holds one token is one person. */
  parts: v.array(part),
})
export type Erasure = v.InferOutput<typeof erasure>

export const readErasure = {
  summary: 'Tells what the erasure of an author would touch, or how far it is.',
  answers: { 200: erasure },
} satisfies Operation

export const eraseAuthor = {
  summary:
    'Erases an author for good, on each of your sites: words, names, addresses, and what staff noted of them. Nothing undoes it.',
  answers: { 202: erasure },
} satisfies Operation
