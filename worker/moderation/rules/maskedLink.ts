import type { Rule } from '../facts.ts'

/** The words of a link name a host of another owner than the one it leads to. Holds whatever it weighs. */
export const maskedLink: Rule = ({ mask }) => (mask ? { code: 'masked_link', weight: 3, params: mask } : null)
