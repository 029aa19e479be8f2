import type { List } from './queueLists.ts'

/** Which comments of several sites, by time, as they are bound. */
interface Asked {
  /** JSON of the sites' ids. */
  sites: string
  order: 'ASC' | 'DESC'
  /** The `seq` of the one that they come after; null from the start. */
  after: string | null
  limit: string
}

/**
 * A query of the comments of several sites that stand in some lists of each, by time, each list none twice. It goes down
 * all lists at once: the rows of a recursive query that are taken in order are the heads of the lists, and each that is
 * taken brings the next of its own. So it reads a comment or two for each list and each comment of the page, however
 * many there are; a union of the lists would read a page of each.
 */
export function ofSites(lists: List[], { sites, order, after, limit }: Asked): string {
  const sign = order === 'ASC' ? '>' : '<'
  const next = (of: string, time: string, seq: string) => {
    const first = ({ index, has }: List, range: string) =>
      `SELECT c.seq FROM comments c INDEXED BY ${index} WHERE ${has} AND c.site_id = ${of}.site AND ${range} LIMIT 1`
    const cases = lists.map(
      (list, at) =>
        `WHEN ${at} THEN coalesce(
           (${first(list, `c.created_at = ${time} AND c.seq ${sign} ${seq} ORDER BY c.seq ${order}`)}),
           (${first(list, `c.created_at ${sign} ${time} ORDER BY c.created_at ${order}, c.seq ${order}`)}))`,
    )
    return `CASE ${of}.list ${cases.join(' ')} END`
  }
  const start = order === 'ASC' ? '-1' : '9e15'
  const time = after === null ? start : `(SELECT created_at FROM comments WHERE seq = ${after})`
  return `SELECT c.* FROM (
      WITH RECURSIVE heads (site, list) AS (
        SELECT s.value, l.value FROM json_each(${sites}) s CROSS JOIN json_each('${JSON.stringify([...lists.keys()])}') l),
      walk (site, list, created_at, seq) AS (
        SELECT h.site, h.list, n.created_at, n.seq
        FROM heads h CROSS JOIN comments n ON n.seq = ${next('h', time, after ?? '0')}
        UNION ALL
        SELECT w.site, w.list, n.created_at, n.seq
        FROM walk w CROSS JOIN comments n ON n.seq = ${next('w', 'w.created_at', 'w.seq')}
        ORDER BY 3 ${order}, 4 ${order} LIMIT ${limit})
      SELECT seq FROM walk) o CROSS JOIN comments c ON c.seq = o.seq`
}
