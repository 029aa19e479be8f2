import type { Comment } from '../../../worker/contract/comment.ts'
import type { Liked } from '../../../worker/contract/reactions.ts'
import type { ApiError } from '../../common/api.ts'
import { call, fetchPage, goTo, insert, type Model } from '../model/model.ts'
import { set } from '../model/storage.ts'
import type { Branch } from '../model/tree.ts'
import { sayError } from '../model/words.ts'
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

/** The latest of the likes on their way: they are sent one after another, as they were meant. */
let sending: Promise<unknown> = Promise.resolve()

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
  // Meanwhile the reader may have thought better of it.
  const meant = () => likes.has(id) === now
  const earlier = sending
  const answer = earlier.then(() => call<Liked>(model, now ? 'PUT' : 'DELETE', `comments/${id}/like`))
  sending = answer.catch(() => {})
  try {
    const { likes: count } = await answer
    if (meant()) show(now, count)
  } catch (error) {
    if (meant()) show(!now, before)
    tellBeside(model, id, sayError(model, (error as ApiError).detail))
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
    tellBeside(model, id, model.say('copied'))
  } catch {
    // Where the clipboard is refused, the link is in the address bar.
    location.hash = link.hash
  }
}

/** Tells that the comment which a link leads to is not there. */
export function miss(model: Model): void {
  model.missed = true
}

export function Missed({ model: { missed, linked = '', mine, say } }: { model: Model }) {
  return missed && !mine.get(linked)?.comment ? <p class="notice">{say('absent')}</p> : null
}

/** Asks what came since the thread was loaded, and keeps it for when the reader wants it; fails in silence. */
export async function poll(model: Model): Promise<void> {
  const { thread, since = thread?.version } = model
  const page = await fetchPage(model, { since: String(since) }).catch(() => undefined)
  if (!thread || !page || model.thread !== thread) return
  const { version, closed, count } = page.thread
  model.since = version
  Object.assign(thread, { closed, count })
  const kept = model.fresh ?? []
  model.fresh = kept.concat(page.items.filter(({ id }) => !kept.some((comment) => comment.id === id)))
}

/** What came and is not shown yet: loading more of the thread may have brought it. */
function unseen({ fresh = [], items, mine }: Model): Comment[] {
  return fresh.filter(({ id }) => !mine.has(id) && !items.some((item) => item.id === id))
}

/** Offers what came, where it moves nothing that is being read. */
export function Fresh({ model }: { model: Model }) {
  const count = unseen(model).length
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
  const fresh = unseen(model)
  for (const comment of fresh) place(model, comment)
  model.fresh = undefined
  model.drawn = Number.POSITIVE_INFINITY
  const [first] = fresh
  if (!first) return
  if (model.items.includes(first)) goTo(model, first.id)
  else location.hash = `comment-${first.id}`
}

/** Puts a new comment where it belongs, if that is shown. */
function place(model: Model, comment: Comment): void {
  const { items, sort, next, previous } = model
  const { parentId } = comment
  const index = items.findIndex(({ id }) => id === parentId)
  const parent = items[index]
  const root = items.slice(0, index + 1).findLast((item) => !item.parentId)
  if (parent && root) {
    root.replies.count++
    if (parent !== root) parent.replies.count++
    insert(model, [comment], root)
  } else if (parentId) return
  else if (sort !== 'newest') next || items.push(comment)
  else if (!previous) {
    const below = items.findIndex((item) => !item.parentId && !item.pinned)
    items.splice(below < 0 ? items.length : below, 0, comment)
  }
}
