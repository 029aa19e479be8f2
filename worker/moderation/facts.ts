import type { Band, Finding, Trust, TrustPin } from '../contract/findings.ts'
import type { Policy } from '../contract/policies.ts'
import type { ScreenerKind } from '../contract/screeners.ts'
import type { SiteSettings } from '../contract/siteSettings.ts'
import type { WordList } from '../contract/wordLists.ts'
import type { Mask } from './text/maskedLink.ts'

/** What the learner says of a comment. */
export interface Judgement {
  band: Band
  /** Log-odds of spam, 0 between the classes. */
  score: number
  /** How many decisions its model knew; missing where that was not kept yet. */
  decisions?: number
  /** Whether it may decide on this site, or only sorts and explains. */
  approves: boolean
  condemns: boolean
  /** Whether it has learnt from enough decisions to be sure of what it calls fine. */
  sure?: true
  /** Words and signs that moved the score most towards the band, the strongest first. */
  terms: string[]
}

/** What one service outside answered. */
export interface ExternalAnswer {
  screener: ScreenerKind
  outcome: 'fine' | 'doubtful' | 'spam' | 'unavailable'
  /** Its own reason, in its words; at most 100 characters. */
  reason: string
}

/** All that screening knows of a comment when it looks at it. Rules read facts and nothing else. */
export interface Facts {
  policy: Policy
  settings: SiteSettings
  body: string
  /** The body folded for comparison: see `fold`. */
  folded: string
  /** What readers see of the body, where Markdown hides that; else null. */
  shown: string | null
  /** The body without what it quotes and without code, where it has such; else null. */
  unquoted: string | null
  /** The author's name as typed. */
  name: string
  /** The author's website; null where none was given. */
  website: string | null
  /**
   * Who else has a name that looks the same: a member of staff by name, or an author with a badge by that badge and
   * public id. Facts that an earlier release kept have none.
   */
  worn?: { name: string; author?: string } | null
  /** Addresses linked from the body and by the author's name, normalised. */
  links: string[]
  /**
   * The first link of the body whose words name another host: see `maskOf`. Facts that an earlier release kept have
   * none.
   */
  mask?: Mask | null
  /** Hosts among them that no approved comment of the site links to. */
  newHosts: string[]
  /** Those of them that comments called spam link to. Facts that an earlier release kept have none. */
  spamHosts?: string[]
  /** The title of its page. */
  title: string
  /** Milliseconds since the epoch. */
  postedAt: number
  /** Milliseconds between the first touch of the form and sending. */
  elapsedMs: number
  /** Whether the honeypot was filled in. */
  trapped: boolean
  trust: Trust
  /** What staff has settled of the author. */
  pinned: TrustPin | null
  /** What was decided of the author's other comments on this site. */
  history: { approved: number; rejected: number; spam: number; firstApprovedAt: number | null }
  /** Other comments of the site that say the same, and how many of them are spam or rejected. */
  repeats: { total: number; refused: number }
  /** Comments of the site that say nearly the same: ids of the latest, and counts as above. */
  similar: { ids: string[]; total: number; refused: number }
  /** Readers who complained of it. */
  flags: number
  /** Whether every comment of its thread waits for a person. */
  threadChecked: boolean
  /** The site's own lists as they are kept; `compileList` folds them, once for the same array. */
  lists: Record<WordList, readonly string[]>
  /** Bans in force that concern this author or a linked domain. */
  bans: { kind: 'author' | 'domain'; value: string }[]
  learnt: Judgement | null
  /**
   * The words by which it resembles what people refused here, where it does. Facts that an earlier release kept have
   * none.
   */
  resembled?: { terms: string[] } | null
  external: ExternalAnswer[]
}

/** One check: facts in, a finding or several out where there is something to say. Pure. */
export type Rule = (facts: Facts) => Finding | Finding[] | null
