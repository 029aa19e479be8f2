/** Comments by time; those of one time are in the order in which they came. */
export const byTime = (comment: string, order: 'ASC' | 'DESC') =>
  `${comment}.created_at ${order}, ${comment}.seq ${order}`

/** Which comments of a list by time: those beyond one, or all. */
export interface TimeRange {
  order: 'ASC' | 'DESC'
  /** What the `seq` of the one that the range starts at is bound as (`?4`); null for the start of the list. */
  from: string | null
  /** Whether the one it starts at belongs to it. */
  inclusive?: boolean | undefined
  /** What the most comments are bound as. */
  limit: string
}

/**
 * A query of comments by time. It takes two ranges of one index, those of the very time and those beyond: so it reads
 * no others, however many have one time.
 *
 * @param listed the query of the whole list, narrowed by one more condition
 */
export function inTime(
  comment: string,
  listed: (condition: string) => string,
  { order, from, inclusive = false, limit }: TimeRange,
): string {
  const all = (condition: string) => `${listed(condition)} ORDER BY ${byTime(comment, order)} LIMIT ${limit}`
  if (from === null) return all('TRUE')
  const sign = order === 'ASC' ? '>' : '<'
  const time = `(SELECT created_at FROM comments WHERE seq = ${from})`
  const alike = `${comment}.created_at = ${time} AND ${comment}.seq ${sign}${inclusive ? '=' : ''} ${from}`
  return `SELECT * FROM (${listed(alike)} ORDER BY ${comment}.seq ${order} LIMIT ${limit})
    UNION ALL SELECT * FROM (${all(`${comment}.created_at ${sign} ${time}`)}) LIMIT ${limit}`
}
