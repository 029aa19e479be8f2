import type { LeftOutReason } from '../../contract/imports.ts'
import type { Status } from '../../contract/status.ts'
import type { Broken } from '../entry.ts'

/** What a file has and what becomes of it, told before anything is sent. */
export interface Survey {
  file: string
  format: string
  formatName: string
  /** Comments that are brought, also those that are here already. */
  comments: number
  /** Those by state. */
  statuses: Record<Status, number>
  /** Those that a person decided there: screening learns from them. */
  decided: number
  /** Of the comments, how many are here already; null until it was asked. */
  known: number | null
  /** What is left out, by reason. */
  leftOut: Partial<Record<LeftOutReason, number>>
  /** Parts of the file that could not be read: the first hundred, and how many there are. */
  broken: Listed<Broken>
  pages: SurveyPages
  parents: SurveyParents
  /** Comments whose id another one has that says something else. Both are brought. */
  repeatedIds: number
  times: SurveyTimes
  /** What is longer than it may be here, or no address: how often it is cut or dropped. */
  mended: SurveyMended
  /** Ten comments as they will look, spread over the file. */
  samples: SurveySample[]
  /** Those who wrote most, and all who were staff there (up to a hundred of each). */
  authors: SurveyAuthor[]
}

/** The first of many, and how many there are. */
export interface Listed<Item> {
  count: number
  first: Item[]
}

export interface SurveyPages {
  count: number
  /** Pages that take no more comments. */
  closed: number
  /** The twenty with most comments. */
  most: SurveyPage[]
  /** Pages that had several addresses: they are one page here. */
  merged: Listed<{ key: string; addresses: string[] }>
  /** Keys that are no path: the file says a name alone, and no page shows their comments. */
  pathless: Listed<string>
  /** Whose pages they are: hosts of the file's addresses, those with most comments first, ten at most. */
  hosts: { host: string; comments: number; isOurs: boolean }[]
}

/** A page that gets comments. */
export interface SurveyPage {
  /** Its key here. */
  key: string
  /** Its address here; empty where none is known. */
  url: string
  title: string
  /** Its address as the file has it: the first, where there are several. */
  address: string
  /** Comments that are brought, of every state. */
  comments: number
  /** Those of them that were approved. */
  approved: number
  /** What readers see of it here already; null until it was asked. */
  there: number | null
  /** What readers will see of it: the two together, each comment once; null until it was asked. */
  willShow: number | null
}

/** Why an answer does not hang where the file says. */
export type ParentFlaw = 'missing' | 'leftOut' | 'elsewhere' | 'circles' | 'hidden'

/** Answers whose parent is not there as the file says. */
export interface SurveyParents {
  /** Their parent is not in the file: they go to the top of their page. */
  missing: number
  /** Their parent is left out: they answer the nearest ancestor that is brought, or go to the top of their page. */
  leftOut: number
  /** Their parent is on another page: the same. */
  elsewhere: number
  /** They answered themselves, by way of others, or without: the first of each circle in the file goes to the top of its page. */
  circles: number
  /** Readers see them and not their parent: they answer the root of its branch, or go to the top, where that is hidden. */
  hidden: number
  /** Twenty of them. */
  first: { line: number; reason: ParentFlaw }[]
}

export interface SurveyTimes {
  /** ISO 8601, UTC; null without comments. */
  earliest: string | null
  latest: string | null
  /** Whether times are without a zone, so that `zone` matters. */
  needsZone: boolean
  /** The one that was taken for those. */
  zone: string
  /** Later than now: they get the time of the import. */
  future: number
  /** No date, such as `0000-00-00`, or from before the web: they get the time of the comment before them in the file. */
  impossible: number
}

export interface SurveyMended {
  /** Names, titles and texts that are cut. */
  names: number
  titles: number
  bodies: number
  /** Authors' websites and e-mails that are none, or too long: they are dropped. */
  websites: number
  emails: number
}

export interface SurveySample {
  key: string
  author: string
  /** Markdown. */
  body: string
  /** ISO 8601, UTC. */
  createdAt: string
  status: Status
  line: number
}

export interface SurveyAuthor {
  /** What stands for them in `PlanOptions.staff`: an account, an address or a name, as the file has it. */
  who: string
  name: string
  comments: number
  /** Whether they had rights in the old system. */
  isStaff: boolean
}
