import * as v from 'valibot'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

export const wordLists = ['hold', 'spam', 'domains'] as const

/** A site's own lists: words that hold a comment, words that make it spam, domains it must not link to. */
export type WordList = (typeof wordLists)[number]

/** `GET /v1/sites/:site/word-lists`, an item a list; `PUT …/word-lists/:list` takes one, as JSON or as lines. */
export const wordListEntries = v.object({ list: v.picklist(wordLists), entries: v.array(v.string()) })
export type WordListEntries = v.InferOutput<typeof wordListEntries>

/** `PUT /v1/sites/:site/word-lists/:list`, as JSON. */
export const wordListChange = v.strictObject({ entries: v.array(v.string()) })

export const readWordLists = {
  summary: 'Reads a site’s own lists of words and domains.',
  answers: { 200: page(wordListEntries) },
} satisfies Operation

export const replaceWordList = {
  summary: 'Replaces a whole list, as JSON or as plain text with an entry a line.',
  body: wordListChange,
  plain: true,
  bodyLimit: limits.listRequest,
  answers: { 200: wordListEntries },
} satisfies Operation
