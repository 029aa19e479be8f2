import type { D1Database } from '@cloudflare/workers-types'
import { pageBytes } from '../contract/pageLimits.ts'
import type { Sort } from '../contract/thread.ts'
import * as shown from '../store/threadComments.ts'
import * as places from '../store/threadPositions.ts'
import { alone, branchCursor, branchOf, type Listed, rootCursor, takeRoots } from './listedComments.ts'
import { type Form, PageRoom } from './pageRoom.ts'

/** Root comments in a page at most, and replies in a page of a branch: it ends before where it is full. */
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
  /** Only what came to be shown after this version, or has another text since. */
  since?: number | undefined
  form: Form
}

/** The comments of a page, and the cursors that lead on from it. */
export interface Rows {
  listed: Listed[]
  next: string | null
  previous?: string
  /** Up to which version of the thread the page has all that is new, where more is. */
  upTo?: number
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
}

/** The start of a thread, as far as a page may reach. */
interface Start {
  pinned: shown.ShownRoot[]
  roots: shown.ShownRoot[]
}

/** Whether something has to be found first. */
export const isPointing = ({ cursor, around, since }: Wanted): boolean =>
  since === undefined && (cursor !== undefined || around !== undefined)

/** Finds what a cursor and `around` point at. */
export async function pointedAt(db: D1Database, wanted: Wanted): Promise<Pointed> {
  const { cursor, around } = wanted
  const [, kind = '', likes, id] = /^([rpbf])(\d{1,9})\.([\w-]{1,64})$/.exec(cursor ?? '') ?? []
  const start = { sort: wanted.sort, most: rootsPerPage }
  const [place, linked] = await Promise.all([
    id === undefined ? null : places.place(db, wanted, id),
    around === undefined ? null : places.place(db, wanted, around, start),
  ])
  return {
    cursor: cursor === undefined ? null : { kind, likes: Number(likes), place },
    around: linked?.shown ? linked : null,
  }
}

/**
 * The comments of a page; null where its cursor points at nothing that readers ever saw.
 *
 * @param pointed what `pointedAt` found, where `isPointing`
 */
export async function rowsOf(db: D1Database, wanted: Wanted, pointed: Pointed | null): Promise<Rows | null> {
  const { since, sort, form } = wanted
  if (since !== undefined) return newComments(db, wanted, since)
  if (pointed?.around) return pageAround(db, wanted, pointed.around)
  if (!pointed?.cursor) return firstPage(await startOf(db, wanted), new PageRoom(form))
  const { kind, likes, place } = pointed.cursor
  if (!place?.known) return null
  if (kind === 'f') return firstPage(await startOf(db, wanted), new PageRoom(form), place.rootId)
  if (kind === 'b') return branchPage(db, wanted, place)
  const from = { seq: place.seq, likes }
  return rootsPage(db, wanted, kind === 'r' ? { sort, after: from } : { sort, before: from })
}

async function startOf(db: D1Database, wanted: Wanted): Promise<Start> {
  const [pinned, roots] = await Promise.all([
    shown.pinned(db, wanted),
    shown.roots(db, wanted, { sort: wanted.sort, limit: rootsPerPage + 1 }),
  ])
  return { pinned, roots }
}

/**
 * The pinned comments with those that come first in the order asked for.
 *
 * @param after the pinned comment at which the page before was full
 */
function firstPage({ pinned, roots }: Start, room: PageRoom, after?: string): Rows {
  const above = pinned.slice(pinned.findIndex(({ id }) => id === after) + 1)
  const takenAbove = takeRoots(above, room)
  const taken = takeRoots(roots.slice(0, rootsPerPage), room)
  const [lastAbove, last] = [takenAbove.at(-1), taken.at(-1)]
  const more = above.length > takenAbove.length || roots.length > taken.length
  const goesOn = last ? rootCursor('r', last) : `f0.${lastAbove?.id ?? after}`
  return { listed: [...takenAbove, ...taken].flatMap(branchOf), next: more ? goesOn : null }
}

/** Root comments of a range with their first replies. */
async function rootsPage(
  db: D1Database,
  wanted: Wanted,
  range: Omit<shown.RootRange, 'limit'>,
  room = new PageRoom(wanted.form),
): Promise<Rows> {
  const roots = await shown.roots(db, wanted, { ...range, limit: rootsPerPage + 1 })
  const most = range.before ? roots.slice(-rootsPerPage).reverse() : roots.slice(0, rootsPerPage)
  const taken = takeRoots(most, room)
  if (range.before) taken.reverse()
  const more = taken.length < roots.length
  const [first, last] = [taken[0], taken.at(-1)]
  return {
    listed: taken.flatMap(branchOf),
    next: last && (more || range.before) ? rootCursor('r', last) : null,
    ...(first && (more || !range.before) && { previous: rootCursor('p', first) }),
  }
}

/** The page that a comment is on, with the comment: the first, or one that begins at the comment's root. */
async function pageAround(db: D1Database, wanted: Wanted, place: places.Place): Promise<Rows> {
  // Half of the room is kept for what a link to a reply leads to.
  const room = () => new PageRoom(wanted.form, place.rootSeq === null ? pageBytes : pageBytes / 2)
  const [page, above, beside] = await Promise.all([
    pageOfRoot(db, wanted, { place, room }),
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
  const [linked, ...following] = beside
  const taken = room().taken([...(linked ? [linked] : []), ...above, ...following])
  const order = [...above.reverse(), ...beside].filter((row) => taken.includes(row) && !known.has(row.id))
  const after = listed.findIndex(({ row }) => row.id === place.rootId) + 1
  const end = listed.findIndex(({ row }, index) => index >= after && row.parentId === null)
  listed.splice(end < 0 ? listed.length : end, 0, ...order.map(alone))
  return page
}

/** The page that a comment's root is on. It takes one more round trip where the first page is full before the root. */
async function pageOfRoot(
  db: D1Database,
  wanted: Wanted,
  { place, room }: { place: places.Place; room: () => PageRoom },
): Promise<Rows> {
  const first = place.early ? firstPage(await startOf(db, wanted), room()) : null
  if (first?.listed.some(({ row }) => row.id === place.rootId)) return first
  const root = { seq: place.rootSeq ?? place.seq, likes: place.rootLikes }
  return rootsPage(db, wanted, { sort: wanted.sort, after: root, inclusive: true }, room())
}

async function branchPage(db: D1Database, { form }: Wanted, place: places.Place): Promise<Rows> {
  const rows = await shown.branch(db, {
    root: place.rootSeq ?? place.seq,
    // A reply may be older than its root.
    seq: place.rootSeq === null ? null : place.seq,
    limit: repliesPerPage + 1,
  })
  const replies = new PageRoom(form).taken(rows.slice(0, repliesPerPage))
  return { listed: replies.map(alone), next: rows.length > replies.length ? branchCursor(replies) : null }
}

async function newComments(db: D1Database, wanted: Wanted, version: number): Promise<Rows> {
  const rows = await shown.since(db, wanted, { version, limit: newPerPage + 1 })
  const taken = new PageRoom(wanted.form).taken(rows.slice(0, newPerPage))
  const left = rows[taken.length]
  return { listed: taken.map(alone), next: null, ...(left && { upTo: left.shownVersion - 1 }) }
}
