import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { author, authorQuery } from './authors.ts'
import { note } from './notes.ts'
import type { Operation } from './operation.ts'
import { statuses } from './status.ts'

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

/** `GET /v1/authors/:id/export`: each page has the author and the notes, and some of the comments, the latest first. */
export const authorExport = v.object({
  author,
  notes: v.array(note),
  items: v.array(exported),
  next: v.nullable(v.string()),
})
export type AuthorExport = v.InferOutput<typeof authorExport>

export const exportAuthor = {
  summary: 'Tells all that is kept of an author on their site, for them to be handed, a page at a time.',
  query: authorQuery,
  answers: { 200: authorExport },
} satisfies Operation
