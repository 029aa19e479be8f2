import type { Finding, Policy, SiteSettings, Trust } from '../contract.ts'

/** All that screening knows of a comment when it looks at it. Rules read facts and nothing else. */
export interface Facts {
  policy: Policy
  settings: SiteSettings
  body: string
  /** Addresses linked from the body and by the author's name, normalised. */
  links: string[]
  /** Milliseconds between the first touch of the form and sending. */
  elapsedMs: number
  /** Whether the honeypot was filled in. */
  trapped: boolean
  trust: Trust
  /** Other comments of the site that say the same, and how many of them are spam or rejected. */
  repeats: { total: number; refused: number }
  /** Bans in force that concern this author or a linked domain. */
  bans: { kind: 'author' | 'domain'; value: string }[]
}

/** One check: facts in, a finding out where there is something to say. Pure. */
export type Rule = (facts: Facts) => Finding | null
