import type { D1Database } from '@cloudflare/workers-types'
import type { BulkFilter } from '../contract/bulkActs.ts'
import type { Status } from '../contract/status.ts'
import { all, sql } from './database.ts'
import { type Subject, type SubjectRow, subjectColumns, subjectOf } from './decidedComments.ts'
import { listing, type QueueFilter } from './queue.ts'
import { isAscending } from './queueOrder.ts'

/** Which comments match, from which on, and up to which. */
export type Matching = Pick<QueueFilter, 'tab' | 'siteId' | 'author' | 'threadId' | 'ids'> & {
  after: number | null
  upTo: number
  limit: number
}

/** What a filter without a search asks of the comments of a site, or (null) of all. */
export const matchingOf = (
  filter: BulkFilter,
  siteId: string | null,
): Omit<Matching, 'after' | 'upTo' | 'limit'> => ({
  tab: filter.tab,
  siteId,
  author: filter.author || null,
  threadId: filter.thread ?? null,
  ids: filter.ids ?? null,
})

/** Comments that match as an act finds them, and where it goes on; null where no more come. */
export async function subjects(
  db: D1Database,
  asked: Matching,
): Promise<{ found: Subject[]; next: number | null }> {
  const { text, values } = looking(asked)
  const rows = await all<SubjectRow & Listed>(
    sql(
      db,
      `SELECT ${subjectColumns}, c.created_at AS createdAt, c.fits FROM (${text}) c LEFT JOIN decisions d ON d.id = c.decision_id`,
      ...values,
    ),
  )
  rows.sort(orderOf(asked))
  return {
    found: rows
      .filter(({ fits }) => fits === 1)
      .map(({ fits, createdAt, ...row }) => subjectOf(row as SubjectRow)),
    next: rows.length === asked.limit ? (rows.at(-1)?.seq ?? null) : null,
  }
}

/** Comments that match, as they are counted and shown beforehand. */
export interface MatchRow {
  seq: number
  id: string
  status: Status
  name: string
  words: string
  threadId: number
  siteId: string
  erased: number
}

/** Comments that match, with how each begins. */
export async function matches(db: D1Database, asked: Matching): Promise<{ found: MatchRow[]; all: number }> {
  const { text, values } = looking(asked)
  const rows = await all<MatchRow & Listed>(
    sql(
      db,
      `SELECT c.seq, c.created_at AS createdAt, c.id, c.status, c.name, substr(c.body, 1, 200) AS words, c.thread_id AS threadId,
         c.site_id AS siteId, c.erased, c.fits FROM (${text}) c`,
      ...values,
    ),
  )
  return { found: rows.sort(orderOf(asked)).filter(({ fits }) => fits === 1), all: rows.length }
}

/** What a comment that is looked at has besides. */
type Listed = { createdAt: number; fits: number }

/** In the order of the list. */
const orderOf =
  ({ tab }: Matching) =>
  (one: { seq: number; createdAt: number }, other: { seq: number; createdAt: number }) =>
    (isAscending({ tab, sort: 'waiting' }) ? 1 : -1) *
    (one.createdAt - other.createdAt || one.seq - other.seq)

/** The comments that an act looks at next, each with whether it fits. */
function looking({ upTo, after, ...filter }: Matching): { text: string; values: unknown[] } {
  const values: unknown[] = []
  const bound = (value: unknown) => `?${values.push(value)}`
  const asked = {
    ...filter,
    sort: 'waiting' as const,
    after: after === null ? null : { seq: after, by: 0 },
  }
  const listed = listing(asked, bound, bound(filter.limit))
  return { text: `SELECT c.*, c.seq <= ${bound(upTo)} AS fits FROM (${listed}) c`, values }
}
