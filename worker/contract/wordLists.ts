import * as v from 'valibot'

export const wordLists = ['hold', 'spam', 'domains'] as const

/** A site's own lists: words that hold a comment, words that make it spam, domains it must not link to. */
export type WordList = (typeof wordLists)[number]

/** `GET /v1/sites/:site/word-lists`, an item a list; `PUT …/word-lists/:list` takes one, as JSON or as lines. */
export interface WordListEntries {
  list: WordList
  entries: string[]
}

/** `PUT /v1/sites/:site/word-lists/:list`, as JSON. */
export const wordListChange = v.strictObject({ entries: v.array(v.string()) })
