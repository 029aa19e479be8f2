import type { Bound } from './tallies.ts'

/** What is asked of the log. */
export interface Asked {
  /** Sites that it may tell of; null for all, and for the instance as a whole. */
  siteIds: string[] | null
  person: string | null
  act: string | null
  commentId: string | null
  /** The public id of an author. */
  author: string | null
  bulkId: string | null
  /** Milliseconds since the epoch. */
  from: number | null
  to: number | null
}

/** Where a page starts: before an event, among an author's comments from one on. */
export interface Place {
  id: number
  seq: number | null
}

/** A query of events, and whether it has as many rows as it may have, by those it brought. */
export interface List {
  text: string
  isFull: (rows: { seq: number }[]) => boolean
}

const staffActs = "e.actor_kind IN ('moderator', 'operator')"

/** Acts that are too many for an index of their own: among all others one meets them soon. */
const everyday = ['comment.approve', 'comment.spam']
const rare = `e.act NOT IN (${everyday.map((act) => `'${act}'`)})`

/** Events that one page looks at: where an index has just those asked for, where it does not, and where it searches a time. */
const most = { whole: 51, mixed: 75, searching: 20 }

/** Comments of an author that one page looks at. */
const mostComments = 30

/**
 * The events that a page is made of, the latest first: of the narrowest index there is for what is asked. A column
 * `matches` says which of them are asked for.
 */
export function listFor(asked: Asked, place: Place | null, bound: Bound): List {
  if (asked.author !== null) return listOfAuthor(asked.author, asked, place, bound)
  const { index, has, met } = sourceFor(asked, bound)
  const rest = conditions(asked, met, bound)
  const before = place
    ? `e.id < ${bound(place.id)}`
    : asked.to !== null
      ? `e.id <= ${lastBefore(bound(asked.to))}`
      : null
  const whole = rest.length === 0
  const limit = whole ? most.whole : place || asked.to === null ? most.mixed : most.searching
  return {
    isFull: (rows) => rows.length === limit,
    text: `SELECT e.*, 0 AS seq, ${whole ? 1 : rest.join(' AND ')} AS matches FROM events e INDEXED BY ${index}
      WHERE ${[...has, ...(before ? [before] : [])].join(' AND ')} ORDER BY e.id DESC LIMIT ${limit}`,
  }
}

type Filter = 'site' | 'person' | 'act' | 'comment' | 'bulk'

/** An index, what its events have, and which filters that meets. */
function sourceFor(asked: Asked, bound: Bound): { index: string; has: string[]; met: Filter[] } {
  const { siteIds, person, act, commentId, bulkId } = asked
  if (bulkId !== null)
    return {
      index: 'events_bulk',
      has: ['e.logged = 2', `e.details ->> 'bulkId' = ${bound(bulkId)}`],
      met: ['bulk'],
    }
  if (commentId !== null)
    return {
      index: 'events_comment',
      has: ['e.comment_id IS NOT NULL', 'e.logged > 0', `e.comment_id = ${bound(commentId)}`],
      met: ['comment'],
    }
  const has = ['e.logged = 1']
  if (person !== null && person !== 'screening')
    return {
      index: 'events_actor',
      has: [...has, staffActs, `e.actor_id = ${bound(person)}`],
      met: ['person'],
    }
  if (act !== null && !everyday.includes(act))
    return { index: 'events_act', has: [...has, rare, `e.act = ${bound(act)}`], met: ['act'] }
  if (siteIds?.length === 1)
    return { index: 'events_site', has: [...has, `e.site_id = ${bound(siteIds[0])}`], met: ['site'] }
  return { index: 'events_log', has, met: [] }
}

/** What is asked of events besides what their index meets. */
function conditions({ siteIds, person, act, commentId }: Asked, met: Filter[], bound: Bound): string[] {
  return [
    ...(siteIds === null || met.includes('site')
      ? []
      : [`coalesce(e.site_id IN (${siteIds.map(bound)}), 0)`]),
    ...(person === null || met.includes('person') ? [] : [`e.actor_id = ${bound(person)}`]),
    ...(act === null || met.includes('act') ? [] : [`e.act = ${bound(act)}`]),
    ...(commentId === null || met.includes('comment') ? [] : [`e.comment_id IS ${bound(commentId)}`]),
  ]
}

/** The id of the last event before a time: events are in the order in which they came, so it is found by halving. */
const lastBefore = (time: string) => `(WITH RECURSIVE halves (id, step) AS (
  SELECT 0, CASE WHEN (SELECT max(id) FROM events) < 65536 THEN 32768 ELSE 1073741824 END
  UNION ALL SELECT id + step * coalesce((SELECT at < ${time} FROM events WHERE events.id = halves.id + step), 0), step / 2
  FROM halves WHERE step > 0) SELECT id FROM halves WHERE step = 0)`

/** Events of the latest comments of an author; a comment without any has a row without an event. */
function listOfAuthor(author: string, asked: Asked, place: Place | null, bound: Bound): List {
  const rest = conditions(asked, [], bound)
  const times = [
    ...(asked.from === null ? [] : [`e.at >= ${bound(asked.from)}`]),
    ...(asked.to === null ? [] : [`e.at < ${bound(asked.to)}`]),
  ]
  // Of an author of another site nothing is told, how far back they were looked for neither.
  const ofSites = asked.siteIds === null ? '' : `AND site_id IN (${asked.siteIds.map(bound)})`
  const seq = place?.seq == null ? null : bound(place.seq)
  const from =
    seq === null
      ? ''
      : `AND c.created_at <= (SELECT created_at FROM comments WHERE seq = ${seq})
         AND (c.seq <= ${seq} OR c.created_at < (SELECT created_at FROM comments WHERE seq = ${seq}))`
  const before = seq === null ? '' : `AND (c.seq <> ${seq} OR e.id < ${bound(place?.id)})`
  return {
    isFull: (rows) => rows.length === most.whole || new Set(rows.map(({ seq }) => seq)).size === mostComments,
    text: `SELECT e.*, c.seq, ${['e.id IS NOT NULL', ...rest, ...times].join(' AND ')} AS matches
      FROM (SELECT c.seq, c.id, c.created_at FROM comments c INDEXED BY comments_author
        WHERE c.author_id = (SELECT id FROM authors WHERE public_id = ${bound(author)} ${ofSites}) ${from}
        ORDER BY c.created_at DESC, c.seq DESC LIMIT ${mostComments}) c
      LEFT JOIN events e INDEXED BY events_comment
        ON e.comment_id = c.id AND e.comment_id IS NOT NULL AND e.logged > 0 ${before}
      ORDER BY c.created_at DESC, c.seq DESC, e.id DESC LIMIT ${most.whole}`,
  }
}
