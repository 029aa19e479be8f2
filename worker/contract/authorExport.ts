import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { author, authorQuery } from './authors.ts'
import { flagReasons } from './flagReasons.ts'
import { note } from './notes.ts'
import type { Operation } from './operation.ts'
import { statuses } from './status.ts'
import { subscriptionKinds } from './subscriptions.ts'

/** A comment with all that its author wrote of it and around it. */
const exported = v.object({
  id: v.string(),
  status: v.picklist(statuses),
  page: v.object({ key: v.string(), url: v.string(), title: v.string() }),
  name: v.string(),
  email: v.nullable(v.string()),
  url: v.nullable(v.string()),
  body: v.string(),
  createdAt: moment,
  editedAt: v.nullable(moment),
  /** What they said when asking for another look at a refusal. */
  appeal: v.nullable(v.string()),
  /** Its earlier texts that are kept, the latest first. */
  former: v.array(v.object({ revision: whole, body: v.string() })),
})

/** `GET /v1/authors/:id/export`: each page has all but the comments, and some of these, the latest first. */
export const authorExport = v.object({
  author,
  notes: v.array(note),
  /** Their latest complaints about comments of others. */
  flags: v.array(
    v.object({ commentId: v.string(), reason: v.picklist(flagReasons), note: v.string(), at: moment }),
  ),
  /** What their browser asked to be told of by mail. */
  subscriptions: v.array(
    v.object({
      kind: v.picklist(subscriptionKinds),
      page: v.string(),
      confirmed: v.boolean(),
      since: moment,
    }),
  ),
  items: v.array(exported),
  next: v.nullable(v.string()),
})
export type AuthorExport = v.InferOutput<typeof authorExport>

export const exportAuthor = {
  summary: 'Tells all that is kept of an author on their site, for them to be handed, a page at a time.',
  query: authorQuery,
  answers: { 200: authorExport },
} satisfies Operation

export const exportAuthorText = {
  summary: 'The same to read, as Markdown in the language of the site; a `Link` leads to the next page.',
  query: authorQuery,
  answers: { 200: 'text/markdown' },
} satisfies Operation
