import { byLearner, type ScoredSort } from './queueOrder.ts'
import { inTime } from './timeOrder.ts'

/** Held comments by the learner's word; after them those that have none, as they wait. */
export function scoredPart(
  sort: ScoredSort,
  where: string[],
  { from, by, isUnscored, limit }: ScoredRange,
): string {
  const { column, index, has, none, ascending } = byLearner[sort]
  const listed = (list: string, ...conditions: string[]) =>
    `SELECT c.* FROM comments c INDEXED BY ${list}
     WHERE ${["c.status = 'pending'", ...where, ...conditions].join(' AND ')}`
  const unscored = inTime(
    'c',
    (condition) => listed('comments_held_site', `c.${column} = ${none}`, condition),
    { order: 'ASC', from: isUnscored ? from : null, limit },
  )
  if (isUnscored) return unscored
  const way = ascending ? 'ASC' : 'DESC'
  const beyond = from === null ? 'TRUE' : `(c.${column}, c.seq) ${ascending ? '>' : '<'} (${by}, ${from})`
  return `SELECT * FROM (${listed(index, `c.${has}`, beyond)} ORDER BY c.${column} ${way}, c.seq ${way} LIMIT ${limit})
    UNION ALL SELECT * FROM (${unscored}) LIMIT ${limit}`
}

/** Which of them: what the values of the last one before are bound as, and whether that had no word. */
interface ScoredRange {
  from: string | null
  by: string | null
  isUnscored: boolean
  limit: string
}
