/** What screening makes of a comment; `hold` leaves it to a person. Ordered from lax to strict. */
export const verdicts = ['approve', 'hold', 'reject', 'spam'] as const

export type Verdict = (typeof verdicts)[number]

export const trusts = ['newcomer', 'known', 'trusted'] as const

export type Trust = (typeof trusts)[number]

export const bands = ['fine', 'unsure', 'spam', 'unlearnt'] as const

/**
 * What the learner makes of a comment: likely fine, unsure, likely spam, or written in a way that
 * the site's moderators have not taught it yet.
 */
export type Band = (typeof bands)[number]

/** One result of one rule. More weight is more evidence against the comment. */
export interface Finding {
  code: FindingCode
  weight: number
  params: Record<string, string | number | boolean>
}

export const findingCodes = [
  'banned',
  'honeypot',
  'too_fast',
  'repeat',
  'near_duplicate',
  'wordlist',
  'links',
  'denied_domain',
  'shortener',
  'link_in_name',
  'mixed_script',
  'invisible_characters',
  'styled_unicode',
  'author_rejected',
  'flagged',
  'learner',
  'external',
  'condition',
  'new_author',
  'policy',
  'audit',
  'screening_unavailable',
] as const

export type FindingCode = (typeof findingCodes)[number]
