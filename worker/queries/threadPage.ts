import type { D1Database } from '@cloudflare/workers-types'
import { proofOf } from '../access/proof.ts'
import type { Comment } from '../contract/comment.ts'
import type { Site } from '../contract/site.ts'
import type { Sort, ThreadPage } from '../contract/thread.ts'
import { Refusal } from '../http/refusal.ts'
import * as shown from '../store/threadComments.ts'
import * as places from '../store/threadPositions.ts'
import * as threads from '../store/threads.ts'
import { commentView } from './view.ts'

/** Root comments in a page, and replies shown under each before one asks for more. */
const rootsPerPage = 50
const firstReplies = 10
const repliesPerPage = 100
const newPerPage = 100
/** Comments above a reply that a link leads to: as deep as a thread is drawn. */
const linkedAncestors = 4

/** Which part of a thread is asked for; its first page when nothing is said but the order. */
export interface Wanted {
  sort: Sort
  cursor?: string | undefined
  /** Id of a comment that must be on the page, if readers see it. */
  around?: string | undefined
  /** Only what was first shown after this version. */
  since?: number | undefined
}

/** A thread of which readers see something; one with hidden comments only is as good as none. */
export async function visibleThread(
  db: D1Database,
  siteId: string,
  key: string,
): Promise<threads.Thread | null> {
  const thread = await threads.find(db, siteId, key)
  return thread && (thread.count > 0 || thread.closedAt !== null || thread.checked === 1) ? thread : null
}

/**
 * A page of a thread, or of one branch of it; an empty one where there is no thread.
 *
 * @throws Refusal `invalid` for a cursor that points nowhere
 */
export async function threadPage(
  db: D1Database,
  { site, key, thread }: { site: Site; key: string; thread: threads.Thread | null },
  wanted: Wanted,
): Promise<ThreadPage> {
  const head = threadView(site, key, thread)
  if (!thread) return { thread: head, items: [], next: null }
  const reading: Reading = { db, thread, badges: await shown.badges(db, site.id) }
  return { thread: head, ...(await partOf(reading, wanted)) }
}

interface Reading {
  db: D1Database
  thread: threads.Thread
  badges: Map<string, string>
}

type Part = Omit<ThreadPage, 'thread'>

async function partOf(reading: Reading, { sort, cursor, around, since }: Wanted): Promise<Part> {
  const { db, thread } = reading
  if (since !== undefined) return newComments(reading, since)
  if (around !== undefined) {
    const place = await places.place(db, thread.id, around)
    if (place?.shown) return pageAround(reading, sort, place)
  }
  if (cursor === undefined) return firstPage(reading, sort)
  const { kind, place, likes } = await positionOf(reading, cursor)
  if (kind === 'b') return branchPage(reading, place)
  const from = { seq: place.seq, likes }
  const range = kind === 'r' ? { sort, after: from } : { sort, before: from }
  return rootsPage(reading, { ...range, limit: rootsPerPage + 1 })
}

async function firstPage(reading: Reading, sort: Sort): Promise<Part> {
  const pinned = await shown.pinned(reading.db, reading.thread.id)
  const page = await rootsPage(reading, { sort, limit: rootsPerPage + 1 }, pinned)
  delete page.previous
  return page
}

/** Root comments of a range with their first replies, below pinned ones. */
async function rootsPage(
  reading: Reading,
  range: shown.RootRange,
  pinned: shown.ShownRow[] = [],
): Promise<Part> {
  const rows = await shown.roots(reading.db, reading.thread.id, range)
  const more = rows.length > rootsPerPage
  const roots = range.before ? rows.slice(more ? 1 : 0) : rows.slice(0, rootsPerPage)
  const cursor = (kind: 'r' | 'p', row: shown.ShownRow | undefined) => row && `${kind}${row.likes}.${row.id}`
  const previous = range.before && !more ? undefined : cursor('p', roots[0])
  return {
    items: await withReplies(reading, [...pinned, ...roots]),
    next: (more || range.before ? cursor('r', roots.at(-1)) : null) ?? null,
    ...(previous && { previous }),
  }
}

/** The page that a comment is on, with the comment: the first, or one that begins at the comment's root. */
async function pageAround(reading: Reading, sort: Sort, place: places.Place): Promise<Part> {
  const { db, thread } = reading
  const root = { seq: place.rootSeq ?? place.seq, likes: place.rootLikes }
  const first = await firstPage(reading, sort)
  const page = first.items.some(({ id }) => id === place.rootId)
    ? first
    : await rootsPage(reading, { sort, after: root, inclusive: true, limit: rootsPerPage + 1 })
  if (place.rootSeq === null) return page
  const above = await places.ancestors(db, place, linkedAncestors)
  const beside = await shown.branch(db, thread.id, {
    root: place.rootSeq,
    after: place.seq - 1,
    limit: firstReplies,
  })
  const known = new Set(page.items.map(({ id }) => id))
  const linked = [...above.reverse(), ...beside].filter(({ id }) => !known.has(id))
  const after = page.items.findIndex(({ id }) => id === place.rootId) + 1
  const end = page.items.findIndex(({ parentId }, index) => index >= after && parentId === null)
  page.items.splice(end < 0 ? page.items.length : end, 0, ...views(reading, linked))
  return page
}

async function branchPage(reading: Reading, place: places.Place): Promise<Part> {
  const { db, thread } = reading
  const rows = await shown.branch(db, thread.id, {
    root: place.rootSeq ?? place.seq,
    after: place.seq,
    limit: repliesPerPage + 1,
  })
  const replies = rows.slice(0, repliesPerPage)
  return {
    items: views(reading, replies),
    next: rows.length > repliesPerPage ? branchCursor(replies) : null,
  }
}

async function newComments(reading: Reading, version: number): Promise<Part> {
  const { db, thread } = reading
  const rows = await shown.since(db, thread.id, { version, limit: newPerPage })
  return { items: views(reading, rows), next: null }
}

const views = ({ badges }: Reading, rows: shown.ShownRow[]) => rows.map((row) => commentView(row, { badges }))

async function withReplies({ db, badges }: Reading, roots: shown.ShownRow[]): Promise<Comment[]> {
  const answered = roots.filter(({ branchCount }) => branchCount > 0).map(({ seq }) => seq)
  const replies = answered.length > 0 ? await shown.replies(db, answered, firstReplies) : []
  const branches = Map.groupBy(
    replies.toSorted((one, other) => one.seq - other.seq),
    ({ rootSeq }) => rootSeq,
  )
  return roots.flatMap((root) => {
    const branch = branches.get(root.seq) ?? []
    const next = branch.length < root.branchCount ? branchCursor([root, ...branch]) : null
    return [root, ...branch].map((row) => commentView(row, { badges, next: row === root ? next : null }))
  })
}

function threadView(site: Site, key: string, thread: threads.Thread | null): ThreadPage['thread'] {
  const proof = proofOf(site)
  return {
    key,
    url: thread?.count ? thread.url : null,
    title: thread?.count ? thread.title : null,
    count: thread?.count ?? 0,
    closed: thread?.closedAt ? new Date(thread.closedAt).toISOString() : null,
    moderated: awaitsPerson(site, thread),
    bodyLimit: site.settings.bodyLimit,
    origins: site.origins,
    version: thread?.version ?? 0,
    ...(proof && { proof }),
  }
}

/** Whether a newcomer's comment waits for a person. */
function awaitsPerson({ policy, settings }: Site, thread: threads.Thread | null): boolean {
  const { holdFirst, holdDays } = settings
  return policy !== 'postmoderate' || thread?.checked === 1 || holdFirst > 0 || holdDays > 0
}

const branchCursor = (rows: shown.ShownRow[]) => `b0.${rows.at(-1)?.id}`

/**
 * Where a cursor points: at a comment, by its public id, so that it tells nothing of others. At one that
 * readers never saw no cursor points.
 */
async function positionOf({ db, thread }: Reading, cursor: string) {
  const [, kind, likes, id] = /^([rpb])(\d{1,9})\.([\w-]{1,64})$/.exec(cursor) ?? []
  const place = id === undefined ? null : await places.place(db, thread.id, id)
  if (!place?.known) throw new Refusal('invalid', { field: 'cursor' })
  return { kind, place, likes: Number(likes) }
}
