import type { Comment, Liked } from '../../../worker/contract.ts'
import { call, fetchPage, insert, type Model } from '../model.ts'
import { set } from '../storage.ts'
import type { Branch } from '../tree.ts'
import { ReportForm, tellBeside } from './Report.tsx'

/** This file, for whoever waits for it. */
export interface Reading {
  Acts: typeof Acts
  Fresh: typeof Fresh
  Missed: typeof Missed
  act: typeof act
  like: typeof like
  miss: typeof miss
  poll: typeof poll
}

/** Likes a comment, or no longer; the count is the worker's once it has answered. */
export async function like(model: Model, comment: Comment): Promise<void> {
  const { likes } = model
  const { id } = comment
  const now = !likes.has(id)
  const show = (liked: boolean, count: number) => {
    likes[liked ? 'add' : 'delete'](id)
    comment.likes = count
    set(model, 'likes', [...likes])
    model.changed()
  }
  const before = comment.likes
  show(now, before + (now ? 1 : -1))
  try {
    const { likes: count } = await call<Liked>(model, now ? 'PUT' : 'DELETE', `comments/${id}/like`)
    show(now, count)
  } catch (error) {
    show(!now, before)
    throw error
  }
}

/** Opens or closes what else can be done about a comment. */
export function act(model: Model, id: string): void {
  model.acting = model.acting === id ? undefined : id
  delete model.told
  model.report = undefined
}

/** What else can be done about a comment, once asked for; and the way back to replies that are hidden. */
export function Acts({ model, branch }: { model: Model; branch: Branch }) {
  const { say, acting, report, folded, told } = model
  const { comment, replies, rest } = branch
  const { id } = comment
  const hidden = folded?.has(id)
  const words = told?.id === id && told.words
  if (acting !== id && !hidden && !words) return null
  const count = Math.max(comment.replies.count, replies.length)
  return (
    <div class="actions">
      {words && <span class="quiet">{words}</span>}
      {acting === id && !report && (
        <>
          <button type="button" onClick={() => copyLink(model, id)}>
            {say('link')}
          </button>
          <button
            type="button"
            id={`report-${id}`}
            onClick={() => {
              model.report = { id, note: '' }
              model.focus = `why-${id}`
              model.changed()
            }}
          >
            {say('report')}
          </button>
        </>
      )}
      {report?.id === id && <ReportForm model={model} report={report} />}
      {(hidden || (acting === id && !report && (replies[0] || rest > 0))) && (
        <button type="button" aria-expanded={!hidden} onClick={() => fold(model, id)}>
          {hidden ? say('expand', { count }) : say('collapse')}
        </button>
      )}
    </div>
  )
}

function fold(model: Model, id: string): void {
  model.folded ??= new Set()
  if (!model.folded.delete(id)) model.folded.add(id)
  model.acting = undefined
  model.changed()
}

async function copyLink(model: Model, id: string): Promise<void> {
  const link = new URL(location.href)
  link.hash = `comment-${id}`
  model.acting = undefined
  model.focus = `acts-${id}`
  try {
    await navigator.clipboard.writeText(link.href)
    tellBeside(model, id, 'copied')
  } catch {
    // Where the clipboard is refused, the link is in the address bar.
    location.hash = link.hash
  }
}

/** Tells that the comment which a link leads to is not there. */
export function miss(model: Model): void {
  model.missed = true
}

export function Missed({ model: { missed, say } }: { model: Model }) {
  return missed ? <p class="notice">{say('absent')}</p> : null
}

/** Asks what came since the thread was loaded, and keeps it for when the reader wants it. */
export async function poll(model: Model): Promise<void> {
  const { thread, items, mine } = model
  if (!thread) return
  const page = await fetchPage(model, { since: String(model.since ?? thread.version) })
  if (model.thread !== thread) return
  model.since = page.thread.version
  thread.closed = page.thread.closed
  const known = new Set([...items, ...(model.fresh ?? [])].map(({ id }) => id))
  model.fresh = (model.fresh ?? []).concat(page.items.filter(({ id }) => !known.has(id) && !mine.has(id)))
  thread.count = page.thread.count - model.fresh.length
}

/** Offers what came, where it moves nothing that is being read. */
export function Fresh({ model }: { model: Model }) {
  const count = model.fresh?.length
  return count ? (
    <div class="fresh">
      <button type="button" class="send" part="fresh" onClick={() => showFresh(model)}>
        <span>{model.say('fresh', { count })}</span>
      </button>
    </div>
  ) : null
}

/** Puts new comments in their places and goes to the first; where its place is not loaded, its page is. */
function showFresh(model: Model): void {
  const { items, fresh = [], thread } = model
  const [first] = fresh
  const placed = fresh.filter((comment) => place(model, comment))
  model.fresh = []
  if (thread) thread.count += fresh.length
  if (!first) return
  if (placed.length < fresh.length) location.hash = `comment-${first.id}`
  else model.focus = `comment-${first.id}`
  model.linked = items.includes(first) ? first.id : undefined
  model.changed()
}

function place(model: Model, comment: Comment): boolean {
  const { items, sort, next, previous } = model
  const { parentId } = comment
  const index = items.findIndex(({ id }) => id === parentId)
  if (parentId && index < 0) return false
  if (!parentId) {
    const start = sort === 'newest'
    if (start ? previous : next) return false
    insert(model, [comment], undefined, start)
    return true
  }
  const root = items.slice(0, index + 1).findLast((item) => !item.parentId)
  const parent = items[index]
  if (!root || !parent) return false
  root.replies.count++
  if (parent !== root) parent.replies.count++
  insert(model, [comment], root)
  return true
}
