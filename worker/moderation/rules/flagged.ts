import type { Rule } from '../facts.ts'

/** Readers complained of it. */
export const flagged: Rule = ({ flags }) =>
  flags > 0 ? { code: 'flagged', weight: Math.min(2 * flags, 6), params: { count: flags } } : null
