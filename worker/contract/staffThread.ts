import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { count, line, siteId } from './input.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'
import { statuses } from './status.ts'

/** Comments of a status that are counted at most. */
export const mostOfStatus = 1_000

/** The longest wait between two comments of an author, in seconds, and the most days after which a thread closes. */
export const longestPause = 21_600
export const mostDays = 3_650

/** Why a thread takes no comments: staff closed it, its time is over, or its site is archived. */
export const closures = ['staff', 'age', 'archive'] as const

/** A thread as staff sees it. */
export const staffThread = v.object({
  id: whole,
  site: v.object({ id: v.string(), name: v.string() }),
  key: v.string(),
  url: v.string(),
  title: v.string(),
  /** What staff calls the page; null where its comments name it. */
  givenTitle: v.nullable(v.string()),
  /** Since when it takes no comments, and why; null while it takes some. */
  closed: v.nullable(v.object({ at: moment, by: v.picklist(closures) })),
  /** When it closes by itself; null where it does not, or has. */
  closesAt: v.nullable(moment),
  /** Days after its first comment when it closes: null as the site says, 0 never. */
  closeAfterDays: v.nullable(whole),
  /** What the site says; 0 never. */
  siteCloseAfterDays: whole,
  /** Seconds that an author waits between two comments here; 0 for none. */
  slowSeconds: whole,
  /** Whether every comment here waits for a person. */
  checked: v.boolean(),
  /** Its comments by status, up to `most` of each. */
  counts: v.object(v.entriesFromList(statuses, whole)),
  most: whole,
  /** When its first comment came, and its latest, of those that are still here. */
  firstAt: v.nullable(moment),
  lastAt: v.nullable(moment),
  /** What stands above the others. */
  pinned: v.array(v.object({ id: v.string(), author: v.string(), excerpt: v.string() })),
})
export type StaffThread = v.InferOutput<typeof staffThread>

export const readStaffThread = {
  summary: 'Tells how a thread stands: its page, its comments by status, and what it takes.',
  answers: { 200: staffThread },
} satisfies Operation

/** Threads in one answer of a list. */
export const threadsPerPage = 200

/** `GET /v1/threads` */
export const threadsQuery = v.strictObject({
  site: siteId,
  /** `next` of the answer before: the key that the list goes on after. */
  cursor: v.optional(line(8_000)),
})

export const listThreads = {
  summary: 'Lists the threads of a site by their keys.',
  query: threadsQuery,
  answers: { 200: page(v.object({ id: whole, key: v.string(), url: v.string(), title: v.string() })) },
} satisfies Operation

/** `PATCH /v1/threads/:id`: what is left out stays. */
export const threadChange = v.strictObject({
  slowSeconds: v.optional(count(0, longestPause)),
  closeAfterDays: v.optional(v.nullable(count(0, mostDays))),
})
export type ThreadChange = v.InferOutput<typeof threadChange>

export const changeThread = {
  summary: 'Changes how fast a thread takes comments, and when it closes by itself.',
  body: threadChange,
  answers: { 204: null },
} satisfies Operation
