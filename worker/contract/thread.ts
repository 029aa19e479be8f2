import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { comment } from './comment.ts'
import { digits, line } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { proof } from './proof.ts'
import { sorts } from './sorts.ts'
import { threadKey } from './threadKey.ts'

export type Sort = (typeof sorts)[number]

/** `GET /v1/sites/:site/thread` */
export const threadPage = v.object({
  thread: v.object({
    key: v.string(),
    url: v.nullable(v.string()),
    title: v.nullable(v.string()),
    /** Staff chose the title: it goes before what the page calls itself. */
    givenTitle: v.optional(v.string()),
    /** Shown comments in the whole thread. */
    count: whole,
    /** When the thread was closed, or null while it takes comments. */
    closed: v.nullable(moment),
    /** Whether a newcomer's comment waits for a person. */
    moderated: v.boolean(),
    /** Longest body this site takes, in code points. */
    bodyLimit: whole,
    /** Where its pages may live, as registered: other pages can read but not write. */
    origins: v.array(v.string()),
    /** Changes whenever what readers see changes; `since` asks for what is newer, or has another text since. */
    version: whole,
    proof: v.optional(proof),
    /** Readers may be told by mail what is new. */
    telling: v.optional(v.literal(true)),
  }),
  /** Root comments in the order asked for, each followed by the first replies of its branch, oldest first. */
  items: v.array(comment),
  /** Cursor to the next root comments, or null. */
  next: v.nullable(v.string()),
  /** Cursor to those before, where the page is not the first. */
  previous: v.optional(v.string()),
})
export type ThreadPage = v.InferOutput<typeof threadPage>

/** `GET /v1/sites/:site/counts` */
export const counts = v.object({ counts: v.record(v.string(), whole) })
export type Counts = v.InferOutput<typeof counts>

/** The query of `GET /v1/sites/:site/thread`. */
export const threadQuery = v.strictObject({
  key: threadKey,
  sort: v.optional(v.picklist(sorts), 'oldest'),
  cursor: v.optional(line(100)),
  /** Id of a comment that must be on the page, if readers see it. */
  around: v.optional(line(100)),
  /** Only what was first shown after this version. */
  since: v.optional(digits),
})

/** The query of `GET /v1/sites/:site/counts`: each key apart. */
export const countsQuery = v.strictObject({
  key: v.pipe(
    // What is no key has no comments: it must not keep the others from their numbers.
    v.array(v.fallback(v.nullable(threadKey), null)),
    v.minLength(1, 'missing'),
    v.maxLength(limits.counts, `too_long ${limits.counts}`),
  ),
})

/** The query of a feed: of one thread, or without a key of the whole site. */
export const feedQuery = v.strictObject({ key: v.optional(threadKey) })

export const readThread = {
  summary: 'Reads a page of a thread, of one branch of it, or what is new in it.',
  query: threadQuery,
  answers: { 200: threadPage, 304: null },
} satisfies Operation

export const countComments = {
  summary: 'Counts the shown comments of up to a hundred threads.',
  query: countsQuery,
  answers: { 200: counts },
} satisfies Operation

export const readAtomFeed = {
  summary: 'The latest comments of a site or thread, as Atom.',
  query: feedQuery,
  answers: { 200: 'application/atom+xml', 304: null },
} satisfies Operation

export const readJsonFeed = {
  summary: 'The latest comments of a site or thread, as JSON Feed.',
  query: feedQuery,
  answers: { 200: 'application/feed+json', 304: null },
} satisfies Operation
