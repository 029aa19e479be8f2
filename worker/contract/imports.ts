import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { tamedName } from './authorName.ts'
import { type ImportFormat, importFormats } from './importFormats.ts'
import { count, digits, line, paragraphs, siteId, uuid, webAddress } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'
import { plainTitle } from './pageTitle.ts'
import { statuses } from './status.ts'
import { threadKey } from './threadKey.ts'

/** Comments of one slice of an import, and its bytes. */
export const importSlice = 100
export const importSliceBytes = 1024 * 1024

/** Code points of a comment that is brought: what was written elsewhere may be longer than a site lets people write. */
export const longestImported = 65_000

/** Nothing was written on the web before: what says so has no date. Milliseconds since the epoch. */
export const earliestImported = Date.UTC(1990, 0)

/** When a comment was written or changed. */
const written = v.pipe(
  moment,
  v.check((at) => Date.parse(at) >= earliestImported, 'invalid'),
)

/** What is counted of a file. */
const figure = count(0, 1_000_000_000)

/** What becomes of an import: comments come, it was stopped, all came, it is being taken back, it was. */
export const importStates = ['working', 'stopped', 'done', 'undoing', 'undone'] as const
export type ImportState = (typeof importStates)[number]

/** Why something of a file was left out. */
export const leftOutReasons = [
  'draft',
  'private',
  'password',
  'staff_note',
  'order_note',
  'review',
  'pingback',
  'trackback',
  'no_page',
  'unmapped',
  'empty',
  'too_long',
  'duplicate',
  'not_chosen',
  'unknown_type',
] as const
export type LeftOutReason = (typeof leftOutReasons)[number]

/** A page that comments are brought to. */
export const importedThread = v.strictObject({
  key: threadKey,
  url: v.union([v.literal(''), webAddress]),
  title: v.pipe(line(limits.title), v.transform(plainTitle)),
  /** It takes no more comments. */
  closed: v.boolean(),
})
export type ImportedThread = v.InferOutput<typeof importedThread>

/** A comment that is brought, as it is to be stored. */
export const importedComment = v.pipe(
  v.strictObject({
    /** Made of the site and of what the source calls it, so that the same comment is never there twice. */
    id: uuid,
    /** A comment that came before it, in this slice or an earlier one. */
    parentId: v.nullable(uuid),
    /** One of the slice's threads. */
    key: threadKey,
    author: v.strictObject({
      /** The same for what the same person wrote, as far as the source tells; no token, address or name. */
      id: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, 'invalid')),
      name: v.pipe(line(limits.name), v.transform(tamedName)),
      email: v.nullable(line(limits.email)),
      url: v.nullable(webAddress),
      /** The member of staff who they are here. */
      staffId: v.nullable(v.string()),
    }),
    /** Markdown. Of a deleted comment it may be empty: then it is told of without words, where others answered it. */
    body: paragraphs(longestImported),
    /** A time to come is taken for now. */
    createdAt: written,
    /** Not before it was written. */
    editedAt: v.nullable(written),
    status: v.picklist(statuses),
    /** Whether a person decided that there, as far as the source tells: screening learns from it. */
    decided: v.boolean(),
    likes: figure,
    pinned: v.boolean(),
  }),
  v.forward(
    v.check(
      ({ createdAt, editedAt }) => editedAt === null || Date.parse(editedAt) >= Date.parse(createdAt),
      'invalid',
    ),
    ['editedAt'],
  ),
)
export type ImportedComment = v.InferOutput<typeof importedComment>

/** An import, as those who may see it have it. */
export const importView = v.object({
  id: v.string(),
  siteId: v.string(),
  /** The format's name, of `importFormats.ts`. */
  format: v.string(),
  file: v.string(),
  by: v.string(),
  at: moment,
  state: v.picklist(importStates),
  /** Comments that are to come, as the file was counted before. */
  total: whole,
  /** Comments that it stored; those that were there already; those that its taking back removed. */
  added: whole,
  known: whole,
  removed: whole,
  /** Decisions of it that screening learns from. */
  lessons: whole,
  /** What was left out, by reason, and how many lines could not be read, as whoever reads the file says at its end. */
  leftOut: v.record(v.string(), whole),
  errors: whole,
})
export type ImportView = v.InferOutput<typeof importView>

/** `POST /v1/imports` */
export const newImport = v.strictObject({
  /** Made by whoever asks: the same request again is the same import, and goes on with it. */
  id: uuid,
  site: siteId,
  format: v.picklist(Object.keys(importFormats) as ImportFormat[], 'invalid'),
  file: line(200),
  total: figure,
})
export type NewImport = v.InferOutput<typeof newImport>

/** `POST /v1/imports/:id/slices` */
export const newSlice = v.strictObject({
  threads: v.pipe(v.array(importedThread), v.maxLength(importSlice, `too_long ${importSlice}`)),
  comments: v.pipe(v.array(importedComment), v.maxLength(importSlice, `too_long ${importSlice}`)),
})
export type NewSlice = v.InferOutput<typeof newSlice>

/** What became of a slice. */
export const sliceResult = v.object({
  added: whole,
  /** They are there already, of this import or another. */
  known: whole,
})
export type SliceResult = v.InferOutput<typeof sliceResult>

/** `PATCH /v1/imports/:id`: stops an import, has it go on, or ends it with what was left out. */
export const importChange = v.strictObject({
  state: v.picklist(['stopped', 'working', 'done']),
  leftOut: v.optional(v.record(v.picklist(leftOutReasons), figure)),
  errors: v.optional(figure),
})
export type ImportChange = v.InferOutput<typeof importChange>

export const startImport = {
  summary: 'Begins an import: its comments come in slices.',
  body: newImport,
  answers: { 200: importView, 201: importView },
} satisfies Operation

export const addSlice = {
  summary: 'Brings up to a hundred comments of an import; those that are there already are passed over.',
  body: newSlice,
  bodyLimit: importSliceBytes,
  answers: { 200: sliceResult },
} satisfies Operation

export const changeImport = {
  summary: 'Stops an import, has it go on, or ends it.',
  body: importChange,
  answers: { 200: importView },
} satisfies Operation

export const takeImportBack = {
  summary: 'Takes a whole import back: removes what it brought, a slice at a time.',
  answers: { 202: importView },
} satisfies Operation

export const readImport = {
  summary: 'Tells how far an import is.',
  answers: { 200: importView },
} satisfies Operation

export const importsQuery = v.strictObject({ site: v.optional(siteId), cursor: v.optional(digits) })

export const listImports = {
  summary: 'Lists imports, the latest first.',
  query: importsQuery,
  answers: { 200: page(importView) },
} satisfies Operation
