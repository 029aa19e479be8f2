import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { paragraphs, uuid, visible } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

const person = v.object({ id: v.string(), name: v.string() })

/** What staff wrote for staff about a comment, or about an author. */
export const note = v.object({
  id: v.string(),
  body: v.string(),
  by: person,
  at: moment,
  /** Staff whom it names. */
  mentions: v.array(person),
  /** Whether whoever asks may remove it: it is theirs, or they own the site. */
  removable: v.boolean(),
})
export type Note = v.InferOutput<typeof note>

/** `POST /v1/comments/:id/notes` and `POST /v1/authors/:id/notes`: the same id again is harmless. */
export const newNote = v.strictObject({
  id: uuid,
  body: v.pipe(paragraphs(limits.staffNote), v.trim(), visible),
})
export type NewNote = v.InferInput<typeof newNote>

/** Notes that a comment or an author may have. */
export const mostNotes = 100

/** A note that names whoever asks, and what it is about. */
export const mention = v.object({
  note,
  /** Whether whoever asks has opened it. */
  seen: v.boolean(),
  siteId: v.string(),
  /** Null where it is about an author. */
  commentId: v.nullable(v.string()),
  authorId: v.string(),
  authorName: v.nullable(v.string()),
})
export type Mention = v.InferOutput<typeof mention>

export const listNotes = {
  summary: 'Lists what staff noted for staff, the latest first.',
  answers: { 200: page(note) },
} satisfies Operation

export const addNote = {
  summary: 'Notes something for staff. Who is named as @Name finds it among their mentions.',
  body: newNote,
  answers: { 200: note, 201: note },
} satisfies Operation

export const removeNote = {
  summary: 'Removes a note of one’s own; owners remove any.',
  answers: { 204: null },
} satisfies Operation

/** The query of `GET /v1/mentions`. */
export const mentionsQuery = v.strictObject({
  /** `true` lists those alone that are not seen yet. */
  unseen: v.optional(v.literal('true')),
  cursor: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,15}~[\w-]{1,36}$/, 'invalid'),
      v.transform((cursor) => {
        const [at = '', id = ''] = cursor.split('~')
        return { at: Number(at), id }
      }),
    ),
  ),
})

export const listMentions = {
  summary: 'Lists the notes that name you, the latest first.',
  query: mentionsQuery,
  answers: { 200: page(mention) },
} satisfies Operation

/** Mentions that are counted at most. */
export const mostUnseen = 100

const unseen = v.object({ unseen: whole })
export type Unseen = v.InferOutput<typeof unseen>

export const countMentions = {
  summary: `Tells how many notes name you that you have not seen yet, up to ${mostUnseen}.`,
  answers: { 200: unseen },
} satisfies Operation

/** `PUT /v1/mentions/seen` */
export const seenMentions = v.strictObject({
  notes: v.pipe(
    v.array(uuid),
    v.minLength(1, 'missing'),
    v.maxLength(limits.page, `too_long ${limits.page}`),
  ),
})

export const seeMentions = {
  summary: 'Keeps that you have seen that notes name you.',
  body: seenMentions,
  answers: { 200: unseen },
} satisfies Operation

/** People that a list of a site's staff has at most. */
export const mostColleagues = 500

export const listColleagues = {
  summary: 'Lists the staff of a site, whom notes can name.',
  answers: { 200: page(person) },
} satisfies Operation
export type Colleague = v.InferOutput<typeof person>
