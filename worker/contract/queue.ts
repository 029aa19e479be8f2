import * as v from 'valibot'
import type { ContentNode } from './content.ts'
import type { DecisionView } from './decisions.ts'
import { digits, line, siteId, uuid } from './fields.ts'
import type { Band, Finding, Trust, Verdict } from './findings.ts'
import type { FlagReason } from './flagReasons.ts'
import { limits } from './limits.ts'
import type { Status } from './status.ts'

export const tabs = ['held', 'flagged', 'spam', 'all'] as const

export type Tab = (typeof tabs)[number]

export const queueSorts = ['waiting', 'hardest', 'fine'] as const

/** The order of held comments of one site: as they came, the most doubtful first, the likely fine first. */
export type QueueSort = (typeof queueSorts)[number]

/** A comment as moderators see it: an item of `GET /v1/queue`. */
export interface QueueItem {
  id: string
  revision: number
  status: Status
  body: string
  content: ContentNode[]
  author: { id: string; name: string; email: string | null; url: string | null; badge: string | null }
  /** `checked`: every comment there waits for a person. */
  thread: { id: number; key: string; url: string; title: string; closed: string | null; checked: boolean }
  site: { id: string; name: string }
  /** The comment it answers. */
  parent: { id: string; name: string; content: ContentNode[] } | null
  createdAt: string
  editedAt: string | null
  /** Null until screening has run. */
  verdict: Verdict | null
  /** Null until the learner has anything to say. */
  band: Band | null
  findings: Finding[]
  trust: Trust
  /** What was decided of this author's comments on this site before. */
  history: {
    approved: number
    rejected: number
    spam: number
    firstSeen: string
    /** Comments from the same address within the last day, this one included; null when unknown. */
    sameAddress: number | null
  }
  /** Whether an earlier revision is still shown to readers. */
  shown: boolean
  pinned: boolean
  /** What readers said is wrong with it and no person has answered yet. */
  flags: { count: number; reasons: Partial<Record<FlagReason, number>>; notes: string[] } | null
  /** What its author said when asking for another look at a refusal; null when they did not. */
  appeal: string | null
  /** The latest decision that stands. */
  decision: DecisionView | null
}

/** `GET /v1/queue`; its ETag changes with any visible change. */
export interface QueuePage {
  items: QueueItem[]
  next: string | null
  counts: Record<Tab, number>
}

/** The query of `GET /v1/queue`. */
export const queueQuery = v.strictObject({
  tab: v.optional(v.picklist(tabs), 'held'),
  site: v.optional(siteId),
  /** An author's public id. */
  author: v.optional(line(100)),
  thread: v.optional(digits),
  /** Text that body or name contains, in any case. */
  q: v.optional(line(200)),
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
