import type { Rule } from '../facts.ts'

/** The author's name looks like that of a member of staff, or of somebody with a badge. Holds whatever it weighs. */
export const impersonation: Rule = ({ worn }) =>
  worn ? { code: 'impersonation', weight: 3, params: worn } : null
