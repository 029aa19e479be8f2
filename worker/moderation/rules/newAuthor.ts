import type { Rule } from '../facts.ts'

/** The author is not trusted yet. Holds only where the policy is `trusted`. */
export const newAuthor: Rule = ({ trust }) =>
  trust === 'trusted' ? null : { code: 'new_author', weight: 0, params: { trust } }
