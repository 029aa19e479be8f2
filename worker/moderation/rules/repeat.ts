import type { Rule } from '../facts.ts'

/** Shorter texts than this are said by many people independently ("Thank you!"). */
const leastLength = 20

/** Says exactly what other comments of the site say. */
export const repeat: Rule = ({ body, repeats }) => {
  if (repeats.total === 0 || (body.length < leastLength && repeats.refused === 0)) return null
  return {
    code: 'repeat',
    weight: repeats.refused > 0 ? 6 : 3,
    params: { count: repeats.total, refused: repeats.refused },
  }
}
