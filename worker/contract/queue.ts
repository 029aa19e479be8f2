import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { appealStates } from './appeals.ts'
import { contentNode } from './content.ts'
import { decisionView } from './decisions.ts'
import { bands, finding, trusts, verdicts } from './findings.ts'
import { flagReasons } from './flagReasons.ts'
import { line, uuid, visible } from './input.ts'
import { limits } from './limits.ts'
import type { Operation } from './operation.ts'
import { plainTitle } from './pageTitle.ts'
import { reason } from './phrases.ts'
import { queueFilter, searchState } from './queueFilter.ts'
import { queueSorts, tabs } from './queueTabs.ts'
import { statuses } from './status.ts'

export { countFound } from './queueFilter.ts'
export { type QueueSort, queueSorts, type Tab, tabs } from './queueTabs.ts'

/** A comment as moderators see it: an item of `GET /v1/queue`. */
export const queueItem = v.object({
  id: v.string(),
  revision: whole,
  status: v.picklist(statuses),
  body: v.string(),
  content: v.array(contentNode),
  author: v.object({
    id: v.string(),
    name: v.string(),
    email: v.nullable(v.string()),
    url: v.nullable(v.string()),
    badge: v.nullable(v.string()),
  }),
  /** `checked`: every comment there waits for a person. */
  thread: v.object({
    id: whole,
    key: v.string(),
    url: v.string(),
    title: v.string(),
    /** What staff calls the page; null where its comments name it. */
    givenTitle: v.nullable(v.string()),
    closed: v.nullable(moment),
    checked: v.boolean(),
  }),
  site: v.object({ id: v.string(), name: v.string() }),
  /** The comment it answers. */
  parent: v.nullable(v.object({ id: v.string(), name: v.string(), content: v.array(contentNode) })),
  createdAt: moment,
  editedAt: v.nullable(moment),
  /** The import that brought it, and what people call the system that it came from. */
  imported: v.optional(v.object({ id: v.string(), system: v.string() })),
  /** Null until screening has run. */
  verdict: v.nullable(v.picklist(verdicts)),
  /** Null until the learner has anything to say. */
  band: v.nullable(v.picklist(bands)),
  findings: v.array(finding),
  trust: v.picklist(trusts),
  /** What was decided of this author's comments on this site before. */
  history: v.object({
    approved: whole,
    rejected: whole,
    spam: whole,
    firstSeen: moment,
    /** Comments from the same address within the last day, this one included; null when unknown. */
    sameAddress: v.nullable(whole),
  }),
  /** Whether an earlier revision is still shown to readers. */
  shown: v.boolean(),
  pinned: v.boolean(),
  /** What readers said is wrong with it and no person has answered yet. */
  flags: v.nullable(
    v.object({
      count: whole,
      reasons: v.object(v.entriesFromList(flagReasons, v.optional(whole))),
      notes: v.array(v.string()),
    }),
  ),
  /** How many notes of staff there are about it, and about its author. */
  notes: v.object({ comment: whole, author: whole }),
  /** What its author said when asking for another look at a refusal; null when they did not. */
  appeal: v.nullable(v.string()),
  /** What became of that, and what its author was told; while it waits, the refusal that it is about. */
  appealed: v.optional(
    v.object({
      state: v.picklist(appealStates),
      answer: v.nullable(v.string()),
      refusal: v.nullable(decisionView),
    }),
  ),
  /** The latest decision that stands. */
  decision: v.nullable(decisionView),
})
export type QueueItem = v.InferOutput<typeof queueItem>

/** `GET /v1/queue`; its ETag changes with any visible change. */
export const queuePage = v.object({
  items: v.array(queueItem),
  next: v.nullable(v.string()),
  counts: v.object(v.entriesFromList(tabs, whole)),
  /** Comments with flags that nobody has answered, enough of them or not. */
  reported: whole,
  /** The reasons for a refusal, by site, of those sites of the page that have their own. */
  reasons: v.optional(v.record(v.string(), v.array(reason))),
  /** Where something was searched for. */
  search: v.optional(searchState),
})
export type QueuePage = v.InferOutput<typeof queuePage>

/** The query of `GET /v1/queue`. */
export const queueQuery = v.strictObject({
  ...queueFilter.entries,
  /** Ids of comments, with commas between them. */
  ids: v.optional(
    v.pipe(
      line(37 * limits.page),
      v.transform((ids) => ids.split(',')),
      v.array(uuid),
    ),
  ),
  limit: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,9}$/, 'invalid'),
      v.transform(Number),
      v.minValue(1, 'invalid'),
      v.maxValue(limits.page, `too_long ${limits.page}`),
    ),
  ),
  sort: v.optional(v.picklist(queueSorts), 'waiting'),
  cursor: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,15}(~-?\d{1,16}(\.\d{1,20})?(e[+-]?\d{1,3})?)?$/, 'invalid'),
      v.transform((cursor) => {
        const [seq = 0, by = 0] = cursor.split('~').map(Number)
        return { seq, by }
      }),
    ),
  ),
})

export const readQueue = {
  summary: 'Reads a page of the moderation queue, and what its tabs count.',
  query: queueQuery,
  answers: { 200: queuePage, 304: null },
} satisfies Operation

export const pin = {
  summary: 'Puts a shown root comment above the others of its thread.',
  answers: { 204: null },
} satisfies Operation

export const unpin = {
  summary: 'Puts a pinned comment back in its place.',
  answers: { 204: null },
} satisfies Operation

export const closeThread = {
  summary: 'Closes a thread: it takes no more comments.',
  answers: { 204: null },
} satisfies Operation

export const reopenThread = { summary: 'Reopens a thread.', answers: { 204: null } } satisfies Operation

/** `PUT /v1/threads/:id/title`: null has the comments name the page again. */
export const titleChange = v.strictObject({
  title: v.nullable(v.pipe(line(limits.title), v.transform(plainTitle), visible)),
})

export const renameThread = {
  summary: 'Calls the page of a thread by a title that stays, or as its oldest comment says again.',
  body: titleChange,
  answers: { 204: null },
} satisfies Operation

export const checkThread = {
  summary: 'Has every comment of a thread wait for a person.',
  answers: { 204: null },
} satisfies Operation

export const uncheckThread = {
  summary: 'Lets the site’s settings say again who waits in a thread.',
  answers: { 204: null },
} satisfies Operation

export { readPace } from './queuePace.ts'
