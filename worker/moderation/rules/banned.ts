import type { Rule } from '../facts.ts'

/** The author, or a domain the comment links to, is banned. */
export const banned: Rule = ({ bans }) => {
  const ban = bans[0]
  return ban ? { code: 'banned', weight: 5, params: { kind: ban.kind, value: ban.value } } : null
}
