import * as v from 'valibot'
import { line } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { threadQuery } from './thread.ts'
import { threadKey } from './threadKey.ts'

/** Longer titles are cut, since a page's title comes from wherever a link does. */
const pageTitle = v.optional(v.string())

/** The query of `GET /v1/sites/:site/thread.html`. */
export const threadHtmlQuery = v.strictObject({
  ...threadQuery.entries,
  lang: v.optional(line(35)),
  title: pageTitle,
  heading: v.optional(line(limits.title)),
  theme: v.optional(v.picklist(['auto', 'light', 'dark'])),
  loading: v.optional(v.picklist(['lazy', 'eager'])),
  /** What the host page's policy asks of inline styles. */
  nonce: v.optional(v.pipe(v.string(), v.regex(/^[\w+/=-]{1,128}$/, 'invalid'))),
})

/** The query of `GET /t/:site`: links lead there from anywhere, with whatever they add. */
export const plainThreadQuery = v.object({
  ...threadQuery.entries,
  key: v.optional(threadKey),
  lang: v.optional(line(35)),
  title: pageTitle,
  reply: v.optional(line(100)),
  /** A comment's id and its author's token. Earlier links have it; now a form sends it. */
  own: v.optional(line(300)),
})

export const readThreadHtml = {
  summary: 'Reads a thread as HTML, to be put into its page before any script runs.',
  query: threadHtmlQuery,
  answers: { 200: 'text/html', 304: null },
} satisfies Operation
