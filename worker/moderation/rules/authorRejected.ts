import type { Rule } from '../facts.ts'

/** Other comments of the author were refused; the larger their share, the more it weighs. Not of whom staff trusts. */
export const authorRejected: Rule = ({ history, pinned }) => {
  const refused = history.rejected + history.spam
  if (refused === 0 || pinned === 'trusted') return null
  const decided = history.approved + refused
  return {
    code: 'author_rejected',
    weight: Math.round((2 + (4 * refused) / decided) * 10) / 10,
    params: { refused, decided },
  }
}
