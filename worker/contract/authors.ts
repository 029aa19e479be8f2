import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { ban } from './bans.ts'
import { trustPins, trusts } from './findings.ts'
import type { Operation } from './operation.ts'
import { queueItem } from './queue.ts'

/** An author on a site, and what is known of them there. */
export const author = v.object({
  id: v.string(),
  site: v.object({ id: v.string(), name: v.string() }),
  /** As their latest comment says; null where none has words any more. */
  name: v.nullable(v.string()),
  badge: v.nullable(v.string()),
  firstSeen: moment,
  /** How far they are trusted, and the facts that this follows from. */
  trust: v.object({
    level: v.picklist(trusts),
    /** What staff has settled; null where it follows from the facts alone. */
    pinned: v.nullable(v.picklist(trustPins)),
    /** What follows from them. */
    automatic: v.picklist(trusts),
    /** Comments that people approved. */
    approvedByPeople: whole,
    refused: whole,
    /** From how many such approvals on the site trusts an author. */
    trustedAfter: whole,
  }),
  /** Their comments by what was decided of them. */
  counts: v.object({ approved: whole, rejected: whole, spam: whole }),
  /** How many of their latest comments wait, and how many are deleted; `more` where there are older ones. */
  latest: v.object({ pending: whole, deleted: whole, more: v.boolean() }),
  /** How many notes of staff there are about them. */
  notes: whole,
  /** What keeps them out now; null for nothing. */
  ban: v.nullable(ban),
  /** Since when they are being erased, or have been; null where they are not, or have written again. */
  erasure: v.nullable(v.object({ state: v.picklist(['working', 'done']), at: moment })),
})
export type Author = v.InferOutput<typeof author>

/** Comments of an author that are looked at to tell how many wait, and how many are deleted. */
export const mostLatest = 500

/** `GET /v1/authors/:id`: the author, and a page of their comments, the latest first. */
export const authorPage = v.object({ author, items: v.array(queueItem), next: v.nullable(v.string()) })
export type AuthorPage = v.InferOutput<typeof authorPage>

/** The query of `GET /v1/authors/:id`. */
export const authorQuery = v.strictObject({
  cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'invalid'), v.transform(Number))),
})

export const readAuthor = {
  summary: 'Tells what is known of an author on their site, with a page of their comments.',
  query: authorQuery,
  answers: { 200: authorPage },
} satisfies Operation

/** `PUT /v1/authors/:id/trust`: null has it follow from the facts again. */
export const trustChange = v.strictObject({ pinned: v.nullable(v.picklist(trustPins)) })

export const pinTrust = {
  summary: 'Settles that an author is trusted, or that their comments wait for a person; or has neither.',
  body: trustChange,
  answers: { 204: null },
} satisfies Operation
