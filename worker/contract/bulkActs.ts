import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { ban, newBan } from './bans.ts'
import { line, uuid } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'
import { queueQuery } from './queue.ts'
import { statuses } from './status.ts'

/** Comments that are looked through to tell what an act would touch. */
export const mostCounted = 2_000

/** Comments of one slice of an act. */
export const bulkSlice = 100

const { limit: _limit, cursor: _cursor, sort: _sort, ...filters } = queueQuery.entries

/** Which comments: what the queue's query says, but for its order and pages. */
export const bulkFilter = v.strictObject(filters)
export type BulkFilter = v.InferOutput<typeof bulkFilter>

/** What can be decided of many: a change is refused by itself. */
export const bulkActions = ['approve', 'reject', 'spam', 'delete', 'restore'] as const
export type BulkAction = (typeof bulkActions)[number]

export const bulkStates = ['working', 'stopped', 'done', 'undoing', 'undone'] as const
export type BulkState = (typeof bulkStates)[number]

/** A decision of all comments that match. */
export const bulkAct = v.object({
  id: v.string(),
  action: v.picklist(bulkActions),
  reason: v.nullable(v.string()),
  by: v.string(),
  at: moment,
  state: v.picklist(bulkStates),
  /** How many matched when it began; null where there were too many to count. */
  matching: v.nullable(whole),
  /** Comments that it decided; those that it left, since somebody decided them meanwhile or they were so already; those that its undo brought back. */
  decided: whole,
  left: whole,
  restored: whole,
  /** The ban that was placed with it. */
  ban: v.nullable(ban),
})
export type BulkAct = v.InferOutput<typeof bulkAct>

/** `POST /v1/bulk-acts` */
export const newBulkAct = v.strictObject({
  /** Made by whoever asks: the same request again is the same act. */
  id: uuid,
  filter: bulkFilter,
  action: v.picklist(bulkActions),
  reason: v.nullish(line(limits.reason)),
  /** Keeps somebody out with the same act. */
  ban: v.optional(newBan),
})
export type NewBulkAct = v.InferOutput<typeof newBulkAct>

export const startBulkAct = {
  summary: 'Decides all comments that match, up to now, a hundred at a time; with a ban if asked.',
  body: newBulkAct,
  answers: { 202: bulkAct },
} satisfies Operation

/** `GET /v1/bulk-acts/preview`: what an act would touch. */
export const bulkPreview = v.object({
  /** How many match; `more` where only so many were looked through. */
  matching: whole,
  more: v.boolean(),
  statuses: v.object(v.entriesFromList(statuses, whole)),
  /** The pages that have most of them. */
  pages: v.array(v.object({ threadId: whole, siteId: v.string(), title: v.string(), count: whole })),
  sample: v.array(
    v.object({ id: v.string(), author: v.string(), excerpt: v.string(), status: v.picklist(statuses) }),
  ),
})
export type BulkPreview = v.InferOutput<typeof bulkPreview>

export const previewBulkAct = {
  summary: 'Tells what an act on all comments that match would touch.',
  query: bulkFilter,
  answers: { 200: bulkPreview },
} satisfies Operation

export const listBulkActs = {
  summary: 'Lists the latest acts on all comments that match.',
  answers: { 200: page(bulkAct) },
} satisfies Operation

export const readBulkAct = {
  summary: 'Tells how far an act on all comments that match is.',
  answers: { 200: bulkAct },
} satisfies Operation

/** `PATCH /v1/bulk-acts/:id`: stops an act that is at work, or has it go on. */
export const bulkActChange = v.strictObject({ state: v.picklist(['stopped', 'working']) })

export const changeBulkAct = {
  summary: 'Stops an act on all comments that match, or has it go on.',
  body: bulkActChange,
  answers: { 200: bulkAct },
} satisfies Operation

export const undoBulkAct = {
  summary: 'Takes back what an act did, as far as it stands: its decisions a hundred at a time, and its ban.',
  answers: { 202: bulkAct },
} satisfies Operation

/** The query of `GET /v1/bulk-acts/:id/comments`. */
export const bulkCommentsQuery = v.strictObject({
  cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'invalid'), v.transform(Number))),
})

/** What an act did to a comment. */
export const bulkComment = v.object({
  commentId: v.string(),
  decisionId: v.string(),
  author: v.string(),
  /** Null where its words are erased. */
  excerpt: v.nullable(v.string()),
  siteId: v.string(),
  before: v.picklist(statuses),
  /** Whether its decision stands. */
  stands: v.boolean(),
})
export type BulkComment = v.InferOutput<typeof bulkComment>

export const listBulkComments = {
  summary: 'Lists the comments that an act decided, a hundred at a time.',
  query: bulkCommentsQuery,
  answers: { 200: page(bulkComment) },
} satisfies Operation
