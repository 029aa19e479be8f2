import type { Rule } from '../facts.ts'

/**
 * Says nearly what other comments of the site say: a reason, never a verdict alone. What an exact
 * repeat weighs is not weighed again.
 */
export const nearDuplicate: Rule = ({ repeats, similar }) => {
  if (similar.total === 0) return null
  const weight = similar.refused > 0 ? 4 : 2
  return {
    code: 'near_duplicate',
    weight: repeats.total > 0 ? 0 : weight,
    params: { count: similar.total, refused: similar.refused, ids: similar.ids.slice(0, 5) },
  }
}
