import { defaultSettings } from '../../../../worker/contract/siteSettings.ts'
import type { Facts } from '../../../../worker/moderation/facts.ts'
import { findingsOf } from '../../../../worker/moderation/rules/index.ts'
import { fold } from '../../../../worker/moderation/text/normalize.ts'

/** What screening knows of a comment that nothing speaks against. */
export const harmless: Facts = {
  policy: 'postmoderate',
  settings: defaultSettings,
  body: 'I agree with the second point.',
  folded: 'i agree with the second point.',
  name: 'Mika',
  website: null,
  links: [],
  shown: null,
  unquoted: null,
  newHosts: [],
  title: 'How to bake rye bread',
  postedAt: Date.UTC(2026, 6, 1, 12),
  elapsedMs: 30_000,
  trapped: false,
  trust: 'trusted',
  pinned: null,
  history: { approved: 5, rejected: 0, spam: 0, firstApprovedAt: Date.UTC(2025, 0, 1) },
  repeats: { total: 0, refused: 0 },
  similar: { ids: [], total: 0, refused: 0 },
  flags: 0,
  threadChecked: false,
  lists: { hold: [], spam: [], domains: [] },
  bans: [],
  learnt: null,
  external: [],
}

/** What the rules find in a harmless comment with some other facts. */
export function found(facts: Partial<Facts>) {
  const { body = harmless.body } = facts
  return findingsOf({ ...harmless, folded: fold(body), ...facts })
}

export const codes = (facts: Partial<Facts>) => found(facts).map(({ code }) => code)
