import type { Rule } from '../facts.ts'

/** The site has a person look at every comment. */
export const policy: Rule = ({ policy }) =>
  policy === 'premoderate' ? { code: 'policy', weight: 0, params: { policy } } : null
