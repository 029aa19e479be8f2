import * as v from 'valibot'
import { line, siteId, uuid, visible } from './input.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'
import { queueFilter } from './queueFilter.ts'
import { queueSorts } from './queueTabs.ts'
import { parseSearch } from './searchQuery.ts'

/** Views that one person may have, and that a list has at most. */
export const mostViews = 50
export const mostListedViews = 200

const asked = v.strictObject({ ...queueFilter.entries, sort: v.optional(v.picklist(queueSorts)) })

/** Whether a text is the query of a list of the queue. */
function isQuery(text: string): boolean {
  const params = new URLSearchParams(text)
  const once = new Set(params.keys()).size === [...params].length
  return (
    once && v.is(asked, Object.fromEntries(params)) && parseSearch(params.get('q') ?? '').problem === null
  )
}

/** Which list it is, as the query of `GET /v1/queue` without its pages: filter and order. */
const query = v.pipe(line(1000), v.check(isQuery, 'invalid'))

/** Whom it is shared with: the staff of a site, or (null) those whose are all sites; without it nobody. */
const shared = v.nullable(v.strictObject({ site: v.nullable(siteId) }))

/** A list of the queue that somebody saved. */
export const savedView = v.object({
  id: v.string(),
  name: v.string(),
  query: v.string(),
  shared: v.nullable(v.object({ site: v.nullable(v.string()) })),
  /** Whether it is of whoever asks. */
  mine: v.boolean(),
  /** The name of who saved it. */
  by: v.string(),
})
export type SavedView = v.InferOutput<typeof savedView>

const name = v.pipe(line(60), visible)

/** `POST /v1/views`: the same id again is harmless. */
export const newView = v.strictObject({ id: uuid, name, query, shared: v.optional(shared, null) })
export type NewView = v.InferOutput<typeof newView>

/** `PATCH /v1/views/:view` */
export const viewChange = v.strictObject({
  name: v.optional(name),
  query: v.optional(query),
  shared: v.optional(shared),
})
export type ViewChange = v.InferOutput<typeof viewChange>

export const listViews = {
  summary: 'Lists the lists of the queue that one has saved, and those that others share.',
  answers: { 200: page(savedView) },
} satisfies Operation

export const saveView = {
  summary: 'Saves a list of the queue, for oneself or for the staff of a site.',
  body: newView,
  answers: { 200: savedView, 201: savedView },
} satisfies Operation

export const changeView = {
  summary: 'Changes a list that one has saved.',
  body: viewChange,
  answers: { 200: savedView },
} satisfies Operation

export const removeView = {
  summary: 'Removes a saved list: one’s own, or as an owner one that is shared with one’s site.',
  answers: { 204: null },
} satisfies Operation
