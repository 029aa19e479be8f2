import * as v from 'valibot'
import { siteId } from './input.ts'
import { languages } from './languages.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

/** Which letters are shown: in which language, else the site's, and of which site, else of none. */
export const lettersQuery = v.strictObject({
  lang: v.optional(v.picklist(languages, 'invalid')),
  site: v.optional(siteId),
})

/** For its page, in which colours, too; else in those that the browser asks for. */
export const letterHtmlQuery = v.strictObject({
  ...lettersQuery.entries,
  scheme: v.optional(v.picklist(['light', 'dark'], 'invalid')),
})

const listedLetter = v.object({
  kind: v.string(),
  /** Whether it goes to staff, or to readers who asked for it. */
  audience: v.picklist(['staff', 'reader']),
  subject: v.string(),
})
export type ListedLetter = v.InferOutput<typeof listedLetter>

/** A letter as a mail has it, with facts that are made up. */
const letter = v.object({ subject: v.string(), text: v.string(), html: v.string() })
export type Letter = v.InferOutput<typeof letter>

export const listLetters = {
  summary: 'Lists the kinds of mail that are sent, each with a subject.',
  query: lettersQuery,
  answers: { 200: page(listedLetter) },
} satisfies Operation

export const readLetter = {
  summary: 'Shows what a kind of mail says, by an example.',
  query: lettersQuery,
  answers: { 200: letter },
} satisfies Operation

export const readLetterHtml = {
  summary: 'Shows a kind of mail as mail programs do, by an example: a page without scripts, for a frame.',
  query: letterHtmlQuery,
  answers: { 200: 'text/html' },
} satisfies Operation
