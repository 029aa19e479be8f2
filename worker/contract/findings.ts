import * as v from 'valibot'
import { policies } from './policies.ts'
import { screeners } from './screeners.ts'

/** What screening makes of a comment; `hold` leaves it to a person. Ordered from lax to strict. */
export const verdicts = ['approve', 'hold', 'reject', 'spam'] as const

export type Verdict = (typeof verdicts)[number]

export const trusts = ['newcomer', 'known', 'trusted'] as const

export type Trust = (typeof trusts)[number]

/** What staff can settle of an author: to be trusted whatever became of their comments, or to wait each time. */
export const trustPins = ['trusted', 'held'] as const

export type TrustPin = (typeof trustPins)[number]

export const bands = ['fine', 'unsure', 'spam', 'unlearnt'] as const

/**
 * What the learner makes of a comment: likely fine, unsure, likely spam, or written in a way that
 * the site's moderators have not taught it yet.
 */
export type Band = (typeof bands)[number]

/** What a site can have waited for: an author whom staff holds, its settings of that kind, a checked thread, a newcomer's link. */
export const conditions = [
  'heldAuthor',
  'holdFirst',
  'holdDays',
  'holdLinks',
  'holdNewDomains',
  'holdNight',
  'thread',
  'newcomerLink',
] as const

export type Condition = (typeof conditions)[number]

const count = v.number()
const texts = v.array(v.string())

/** What each kind of finding tells, by its code, in the order in which findings are shown. */
const params = {
  banned: v.object({ kind: v.picklist(['author', 'domain']), value: v.string() }),
  honeypot: v.object({}),
  too_fast: v.object({ seconds: v.number() }),
  repeat: v.object({ count, refused: count }),
  near_duplicate: v.object({ count, refused: count, ids: texts }),
  wordlist: v.object({ list: v.picklist(['spam', 'hold']), word: v.string(), count }),
  links: v.object({ count, limit: count, hosts: texts }),
  denied_domain: v.object({ host: v.string() }),
  shortener: v.object({ hosts: texts }),
  /** The host that a link's words name, and the one it leads to. */
  masked_link: v.object({ shown: v.string(), host: v.string() }),
  /** A host that only spam linked to before. */
  spam_host: v.object({ host: v.string() }),
  /** Words of the page's title, and the host of the author's website. */
  page_words: v.object({ words: texts, host: v.string() }),
  /** Words by which it resembles what people refused here for another reason than advertising. */
  resembles_refused: v.object({ terms: texts }),
  link_in_name: v.object({ name: v.string() }),
  /** Whose name it looks like: a member of staff, or the author with this public id, which is the name once theirs is gone. */
  impersonation: v.object({ name: v.string(), author: v.optional(v.string()) }),
  mixed_script: v.object({ words: texts, count }),
  invisible_characters: v.object({ count }),
  styled_unicode: v.object({ words: texts, count }),
  author_rejected: v.object({ refused: count, decided: count }),
  flagged: v.object({ count }),
  learner: v.object({
    band: v.picklist(bands),
    score: v.number(),
    approves: v.boolean(),
    condemns: v.boolean(),
    /** Whether it has learnt from enough decisions to be sure of what it calls fine. */
    sure: v.optional(v.literal(true)),
    terms: texts,
  }),
  external: v.object({
    screener: v.picklist(screeners),
    outcome: v.picklist(['spam', 'doubtful']),
    reason: v.string(),
  }),
  condition: v.object({ conditions: v.array(v.picklist(conditions)) }),
  new_author: v.object({ trust: v.picklist(['newcomer', 'known']) }),
  policy: v.object({ policy: v.picklist(policies) }),
  audit: v.object({ steppedBack: v.boolean() }),
  /** It waited in the system that it comes from. */
  imported: v.object({}),
  screening_unavailable: v.object({ screener: v.optional(v.picklist(screeners)) }),
}

export type FindingCode = keyof typeof params

export const findingCodes = Object.keys(params) as FindingCode[]

/** A finding of one kind. More weight is more evidence against the comment. */
export interface FindingOf<Code extends FindingCode> {
  code: Code
  weight: number
  params: v.InferOutput<(typeof params)[Code]>
}

/** One result of one rule. */
export type Finding = { [Code in FindingCode]: FindingOf<Code> }[FindingCode]

/** A finding as an answer, with the params of its code. */
export const finding = v.union(
  findingCodes.map((code) => v.object({ code: v.literal(code), weight: v.number(), params: params[code] })),
) as unknown as v.GenericSchema<Finding>
