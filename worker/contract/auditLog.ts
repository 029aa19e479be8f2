import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { actorKinds } from './decisions.ts'
import { line, siteId, time, uuid } from './input.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

/** What a site was called, or which settings it had, before an act and after it. */
const change = v.object({
  /** `name`, `origins`, `locale`, `policy`, or the name of a setting. */
  field: v.string(),
  before: v.unknown(),
  after: v.unknown(),
})
export type SiteDifference = v.InferOutput<typeof change>

export const undoStates = ['open', 'undone', 'changed', 'gone'] as const

/** How an act can be undone, or why it can be no more: it is undone, something came after it, or it has no subject. */
const undo = v.object({
  state: v.picklist(undoStates),
  /** What undoes it, while that is open; null too of what was decided together one by one: each of its lines says its own. */
  request: v.nullable(
    v.object({
      method: v.picklist(['POST', 'PUT', 'PATCH', 'DELETE']),
      path: v.string(),
      body: v.optional(v.unknown()),
    }),
  ),
})
export type EntryUndo = v.InferOutput<typeof undo>

/** An item of `GET /v1/audit-log`. */
export const auditEntry = v.object({
  id: whole,
  at: moment,
  /** Only staff has an id here, and screening. */
  actor: v.object({ kind: v.picklist(actorKinds), id: v.nullable(v.string()), name: v.string() }),
  /** `comment.approve`, `comment.undo`, `thread.close`, `ban.add`, `session.start`, … */
  act: v.string(),
  siteId: v.nullable(v.string()),
  commentId: v.nullable(v.string()),
  /** The comment as it stands now: its author's name, and how it begins. Null where there is none, or its words are erased. */
  comment: v.nullable(v.object({ author: v.string(), excerpt: v.string() })),
  /** The page it is about, or the comment's. */
  thread: v.nullable(v.object({ id: whole, key: v.string(), url: v.string(), title: v.string() })),
  /** Whom it is about, by what they called themselves last. */
  author: v.nullable(v.object({ id: v.string(), name: v.nullable(v.string()) })),
  /** The lines that this one stands for: `?bulk=` lists them. */
  bulk: v.nullable(v.object({ id: v.string(), count: whole })),
  /** How it differs from what was before, where a site was changed. */
  changes: v.nullable(v.array(change)),
  /** Null for what cannot be undone, or not by you. */
  undo: v.nullable(undo),
  details: v.record(v.string(), v.unknown()),
})
export type AuditEntry = v.InferOutput<typeof auditEntry>

const filters = {
  site: v.optional(siteId),
  /** The id of who acted: a member of staff, a token, or `screening`. */
  person: v.optional(line(100)),
  act: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{1,20}\.[a-z_]{1,20}$/, 'invalid'))),
  comment: v.optional(uuid),
  /** The public id of an author: what was done to them and to their comments, the latest comment first. */
  author: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,36}$/, 'invalid'))),
  /** What was done together. */
  bulk: v.optional(uuid),
  /** Not before this time, in ISO 8601. */
  from: v.optional(time),
  /** Before this time. */
  to: v.optional(time),
}

/** The place in the log that a cursor names. */
export function placeOf(cursor: string): { id: number; seq: number | null } {
  const [first = '0', second] = cursor.split('.')
  return second === undefined ? { id: Number(first), seq: null } : { id: Number(second), seq: Number(first) }
}

/** Where the page before ended: before an event, or among an author's comments before one. */
const cursor = v.pipe(v.string(), v.regex(/^\d{1,15}(\.\d{1,15})?$/, 'invalid'), v.transform(placeOf))

/** The query of `GET /v1/audit-log`. */
export const auditLogQuery = v.strictObject({ ...filters, cursor: v.optional(cursor) })
export type AuditLogQuery = v.InferOutput<typeof auditLogQuery>

/** The query of `GET /v1/exports/audit-log.csv`. */
export const auditLogExportQuery = v.strictObject(filters)
export type AuditLogFilter = v.InferOutput<typeof auditLogExportQuery>

export const auditLogPage = v.object({
  ...page(auditEntry).entries,
  /** How far back it was looked, where a page is not full and the list goes on. */
  searchedTo: v.nullable(moment),
})
export type AuditLogPage = v.InferOutput<typeof auditLogPage>

export const readAuditLog = {
  summary:
    'Tells what was done on your sites, by whom and when, the latest first. A page may have fewer lines, or none, and go on.',
  query: auditLogQuery,
  answers: { 200: auditLogPage },
} satisfies Operation

export const exportAuditLog = {
  summary:
    'Exports lines of the audit log as CSV, the latest first. After 20,000 lines the last one is `more`: name an earlier end.',
  query: auditLogExportQuery,
  answers: { 200: 'text/csv' },
} satisfies Operation
