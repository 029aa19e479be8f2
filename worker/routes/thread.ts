import * as v from 'valibot'
import type { Ctx } from '../access.ts'
import { siteOf } from '../access.ts'
import { type Comment, limits, type Site, sorts, type ThreadPage } from '../contract.ts'
import { isFresh, publicly } from '../headers.ts'
import { line, parse, single } from '../input.ts'
import { canonicalKey } from '../key.ts'
import { Refusal } from '../refusal.ts'
import * as threads from '../store/threads.ts'
import { commentView } from '../view.ts'

/** Root comments in a page, and replies shown under each before one asks for more. */
const rootsPerPage = 50
const firstReplies = 10
const repliesPerPage = 100

/** A thread key as asked for, in its canonical form. */
export const threadKey = v.pipe(
  line(limits.key),
  v.transform(canonicalKey),
  v.check((key) => key !== '', 'missing'),
)

const query = v.object({
  key: threadKey,
  sort: v.optional(v.picklist(sorts), 'oldest'),
  cursor: v.optional(line(100)),
})

/** `GET /v1/sites/:site/thread`: a page of a thread, or of one branch of it. */
export async function getThread(c: Ctx): Promise<Response> {
  publicly(c)
  const { key, sort, cursor } = parse(query, single(c.req.queries()))
  const siteId = c.req.param('site') ?? ''
  const thread = await visibleThread(c, siteId, key)
  if (thread && isFresh(c, `"${thread.version}"`)) return c.body(null, 304)
  const site = await siteOf(c)
  if (!thread) return c.json(pageOf(site, key, null, [], null))
  const position = cursor === undefined ? null : await positionOf(c, thread, cursor)
  if (position?.branch) {
    const { root, after } = position.branch
    const rows = await threads.branch(c.env.DB, thread.id, { root, after, limit: repliesPerPage + 1 })
    const shown = rows.slice(0, repliesPerPage)
    const more = rows.length > repliesPerPage ? branchCursor(shown) : null
    return c.json(
      pageOf(
        site,
        key,
        thread,
        shown.map((row) => commentView(row, null)),
        more,
      ),
    )
  }
  const after = position?.root ?? null
  const rows = await threads.roots(c.env.DB, thread.id, { sort, after, limit: rootsPerPage + 1 })
  const roots = rows.slice(0, rootsPerPage)
  const items = await withReplies(c, roots)
  const last = roots.at(-1)
  const next = rows.length > rootsPerPage && last ? `r${last.likes}.${last.id}` : null
  return c.json(pageOf(site, key, thread, items, next))
}

/** A thread of which readers see something; one with hidden comments only is as good as none. */
async function visibleThread(c: Ctx, siteId: string, key: string): Promise<threads.Thread | null> {
  const thread = await threads.find(c.env.DB, siteId, key)
  return thread && (thread.count > 0 || thread.closedAt !== null || thread.checked === 1) ? thread : null
}

async function withReplies(c: Ctx, roots: threads.ShownRow[]): Promise<Comment[]> {
  const answered = roots.filter(({ branchCount }) => branchCount > 0).map(({ seq }) => seq)
  const replies = answered.length > 0 ? await threads.replies(c.env.DB, answered, firstReplies) : []
  const branches = Map.groupBy(
    replies.toSorted((one, other) => one.seq - other.seq),
    ({ rootSeq }) => rootSeq,
  )
  return roots.flatMap((root) => {
    const branch = branches.get(root.seq) ?? []
    const more = branch.length < root.branchCount ? branchCursor([root, ...branch]) : null
    return [commentView(root, more), ...branch.map((reply) => commentView(reply, null))]
  })
}

function pageOf(
  site: Site,
  key: string,
  thread: threads.Thread | null,
  items: Comment[],
  next: string | null,
): ThreadPage {
  return {
    thread: {
      key,
      url: thread?.count ? thread.url : null,
      title: thread?.count ? thread.title : null,
      count: thread?.count ?? 0,
      closed: thread?.closedAt ? new Date(thread.closedAt).toISOString() : null,
      moderated: awaitsPerson(site, thread),
      bodyLimit: site.settings.bodyLimit,
      origins: site.origins,
    },
    items,
    next,
  }
}

/** Whether a newcomer's comment waits for a person. */
function awaitsPerson({ policy, settings }: Site, thread: threads.Thread | null): boolean {
  const { holdFirst, holdDays } = settings
  return policy !== 'postmoderate' || thread?.checked === 1 || holdFirst > 0 || holdDays > 0
}

interface Position {
  root?: threads.RootPosition
  branch?: { root: number; after: number }
}

const branchCursor = (shown: threads.ShownRow[]) => `b0.${shown.at(-1)?.id}`

/** Where a cursor points: behind a comment, by its public id, so that it tells nothing of others. */
async function positionOf(c: Ctx, thread: threads.Thread, cursor: string): Promise<Position> {
  const [, kind, likes, id] = /^([rb])(\d{1,9})\.([\w-]{1,64})$/.exec(cursor) ?? []
  const place = id === undefined ? null : await threads.place(c.env.DB, thread.id, id)
  if (!place) throw new Refusal('invalid', { field: 'cursor' })
  if (kind === 'b') return { branch: { root: place.rootSeq ?? place.seq, after: place.seq } }
  return { root: { seq: place.seq, likes: Number(likes) } }
}
