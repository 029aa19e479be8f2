import type { D1Database } from '@cloudflare/workers-types'
import type { Sort } from '../contract/thread.ts'
import * as shown from '../store/threadComments.ts'
import * as places from '../store/threadPositions.ts'

/** Root comments in a page, and replies in a page of a branch. */
const rootsPerPage = 50
const repliesPerPage = 100
const newPerPage = 100
/** Comments above a reply that a link leads to: as deep as a thread is drawn. */
const linkedAncestors = 4

/** Which part of a thread is asked for; its first page when nothing is said but the order. */
export interface Wanted extends shown.NamedThread {
  sort: Sort
  cursor?: string | undefined
  /** Id of a comment that must be on the page, if readers see it. */
  around?: string | undefined
  /** Only what was first shown after this version. */
  since?: number | undefined
}

/** A comment in its place on a page, and where its branch goes on. */
interface Listed {
  row: shown.ShownRow
  next: string | null
}

/** The comments of a page, and the cursors that lead on from it. */
export interface Rows {
  listed: Listed[]
  next: string | null
  previous?: string
}

/** Where a cursor points: at a comment, by its public id, so that it tells nothing of others. */
interface Cursor {
  kind: string
  likes: number
  place: places.Place | null
}

/** What has to be found before the rest of a page can be read. */
export interface Pointed {
  cursor: Cursor | null
  around: places.Place | null
  /** The first page, where `around` may be on it. */
  first: Rows | null
}

/** Whether something has to be found first. */
export const isPointing = ({ cursor, around, since }: Wanted): boolean =>
  since === undefined && (cursor !== undefined || around !== undefined)

/** Finds what a cursor and `around` point at. */
export async function pointedAt(db: D1Database, wanted: Wanted): Promise<Pointed> {
  const { cursor, around } = wanted
  const [, kind = '', likes, id] = /^([rpb])(\d{1,9})\.([\w-]{1,64})$/.exec(cursor ?? '') ?? []
  const [place, linked, first] = await Promise.all([
    id === undefined ? null : places.place(db, wanted, id),
    around === undefined ? null : places.place(db, wanted, around),
    around === undefined ? null : firstPage(db, wanted),
  ])
  return {
    cursor: cursor === undefined ? null : { kind, likes: Number(likes), place },
    around: linked?.shown ? linked : null,
    first,
  }
}

/**
 * The comments of a page; null where its cursor points at nothing that readers ever saw.
 *
 * @param pointed what `pointedAt` found, where `isPointing`
 */
export async function rowsOf(db: D1Database, wanted: Wanted, pointed: Pointed | null): Promise<Rows | null> {
  const { since, sort } = wanted
  if (since !== undefined) return newComments(db, wanted, since)
  if (!pointed) return firstPage(db, wanted)
  const { cursor, around, first } = pointed
  if (around && first) return pageAround(db, wanted, { place: around, first })
  if (!cursor) return first
  const { kind, likes, place } = cursor
  if (!place?.known) return null
  if (kind === 'b') return branchPage(db, place)
  const from = { seq: place.seq, likes }
  const range = kind === 'r' ? { sort, after: from } : { sort, before: from }
  return rootsPage(db, wanted, range)
}

async function firstPage(db: D1Database, wanted: Wanted): Promise<Rows> {
  const [pinned, { previous, ...page }] = await Promise.all([
    shown.pinned(db, wanted),
    rootsPage(db, wanted, { sort: wanted.sort }),
  ])
  return { ...page, listed: [...withReplies(pinned), ...page.listed] }
}

/** Root comments of a range with their first replies. */
async function rootsPage(
  db: D1Database,
  thread: shown.NamedThread,
  range: Omit<shown.RootRange, 'limit'>,
): Promise<Rows> {
  const rows = await shown.roots(db, thread, { ...range, limit: rootsPerPage + 1 })
  const more = rows.length > rootsPerPage
  const roots = range.before ? rows.slice(more ? 1 : 0) : rows.slice(0, rootsPerPage)
  const cursor = (kind: 'r' | 'p', row: shown.ShownRow | undefined) => row && `${kind}${row.likes}.${row.id}`
  const previous = range.before && !more ? undefined : cursor('p', roots[0])
  return {
    listed: withReplies(roots),
    next: (more || range.before ? cursor('r', roots.at(-1)) : null) ?? null,
    ...(previous && { previous }),
  }
}

/** The page that a comment is on, with the comment: the first, or one that begins at the comment's root. */
async function pageAround(
  db: D1Database,
  wanted: Wanted,
  { place, first }: { place: places.Place; first: Rows },
): Promise<Rows> {
  const root = { seq: place.rootSeq ?? place.seq, likes: place.rootLikes }
  const isFirst = first.listed.some(({ row }) => row.id === place.rootId)
  const [page, above, beside] = await Promise.all([
    isFirst ? first : rootsPage(db, wanted, { sort: wanted.sort, after: root, inclusive: true }),
    place.rootSeq === null ? [] : places.ancestors(db, place, linkedAncestors),
    place.rootSeq === null
      ? []
      : shown.branch(db, {
          ...{ root: place.rootSeq, seq: place.seq, inclusive: true },
          limit: shown.firstReplies,
        }),
  ])
  const { listed } = page
  const known = new Set(listed.map(({ row }) => row.id))
  const linked = [...above.reverse(), ...beside].filter(({ id }) => !known.has(id))
  const after = listed.findIndex(({ row }) => row.id === place.rootId) + 1
  const end = listed.findIndex(({ row }, index) => index >= after && row.parentId === null)
  listed.splice(end < 0 ? listed.length : end, 0, ...linked.map(alone))
  return page
}

async function branchPage(db: D1Database, place: places.Place): Promise<Rows> {
  const rows = await shown.branch(db, {
    root: place.rootSeq ?? place.seq,
    // A reply may be older than its root.
    seq: place.rootSeq === null ? null : place.seq,
    limit: repliesPerPage + 1,
  })
  const replies = rows.slice(0, repliesPerPage)
  return { listed: replies.map(alone), next: rows.length > repliesPerPage ? branchCursor(replies) : null }
}

async function newComments(db: D1Database, thread: shown.NamedThread, version: number): Promise<Rows> {
  const rows = await shown.since(db, thread, { version, limit: newPerPage })
  return { listed: rows.map(alone), next: null }
}

const alone = (row: shown.ShownRow): Listed => ({ row, next: null })

const withReplies = (roots: shown.ShownRoot[]): Listed[] =>
  roots.flatMap((root) => {
    const branch = [root, ...root.replies]
    const next = root.replies.length < root.branchCount ? branchCursor(branch) : null
    return [{ row: root, next }, ...root.replies.map(alone)]
  })

const branchCursor = (rows: shown.ShownRow[]) => `b0.${rows.at(-1)?.id}`
