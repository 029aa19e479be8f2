import type { Comment, Sort, ThreadPage } from '../../worker/contract.ts'
import { type ApiError, exchange } from '../common/api.ts'
import { type Draft, open } from './drafts.ts'
import { type Author, authorToken } from './identity.ts'
import { attend, type Own } from './own.ts'
import type { Page } from './page.ts'
import type { Part } from './parts/own.tsx'
import { type Branch, nest } from './tree.ts'
import type { Failure, Words } from './words.ts'

/** What the element's attributes and its page say. */
export interface Setting extends Page, Words {
  host: string
  site: string
  sort: Sort
  /** A heading level from 1 to 6, or the heading's own text. */
  heading: string | null
}

/** What the model asks of the element that shows it. */
export interface Stage {
  /** Something changed: draw again. */
  changed(): void
  emit(event: 'ready' | 'posted' | 'error', detail: unknown): void
}

/** All state of one thread on a page. Components read it; the functions beside it change it. */
export interface Model extends Setting, Stage {
  author: Author
  thread?: ThreadPage['thread']
  items: Comment[]
  next?: string | null
  failed?: boolean
  /** Words for the live region. */
  said?: string
  /** Id of the element that gets the focus after the next drawing. */
  focus: string
  /** Open composers, by the id of the comment they answer, '' for the root's, `edit-…` for changes. */
  drafts: Map<string, Draft>
  /** The reader's own comments, and the part of the script that sees to them. */
  mine: Map<string, Own>
  part?: Part
  /** Counts the loads: an answer to an earlier one is ignored. NaN once the element is gone. */
  run: number
  timer?: ReturnType<typeof setTimeout>
}

/** Sends a request to the site; with the author's token for all but plain reading. */
export async function call<Data>(model: Model, method: string, path: string, body?: unknown): Promise<Data> {
  const [data] = await exchange<Data>(`${model.host}/v1/sites/${encodeURIComponent(model.site)}/${path}`, {
    method,
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(path[0] === 'c' ? { authorization: `Bearer ${authorToken(model)}` } : {}),
    },
    body: body ? JSON.stringify(body) : null,
    credentials: 'omit',
    signal: AbortSignal.timeout(30_000),
  })
  return data
}

/**
 * Loads the thread's first page, or what comes after a list that is not whole: the model's own, or
 * a root's replies. What is shown stays until the answer is there.
 */
export async function load(model: Model, list?: { next?: string | null }): Promise<void> {
  const run = ++model.run
  const { key, sort, items } = model
  model.failed = false
  model.changed()
  try {
    const query = new URLSearchParams({ key, sort, ...(list?.next && { cursor: list.next }) })
    const page = await call<ThreadPage>(model, 'GET', `thread?${query}`)
    if (run !== model.run) return
    const first = !model.thread
    model.thread = page.thread
    if (list) {
      const fresh = page.items.filter(({ id }) => !items.some((item) => item.id === id))
      items.push(...fresh)
      model.focus = `comment-${fresh[0]?.id}`
    } else model.items = page.items
    ;(list ?? model).next = page.next
    if (first) {
      open(model, '')
      model.emit('ready', page.thread)
    }
    attend(model)
  } catch (error) {
    if (run !== model.run) return
    model.failed = true
    report(model, (error as ApiError).detail)
  }
  model.changed()
}

/** The comments in their places, the reader's own among them. */
export function branches({ items, mine, sort }: Model): Branch[] {
  const all = items.map((item) => {
    const own = mine.get(item.id)?.comment
    return own ? { ...own, likes: item.likes, replies: item.replies } : item
  })
  const shown = (id: string | null) => all.some((item) => item.id === id)
  for (const { comment } of mine.values()) {
    if (!comment || shown(comment.id)) continue
    if (shown(comment.parentId)) all.push(comment)
    else all[sort === 'newest' ? 'unshift' : 'push']({ ...comment, parentId: null })
  }
  return nest(all)
}

/** Tells the reader by the live region. */
export function tell(model: Model, words: string): void {
  model.said = words
  model.changed()
}

/** Tells the page of an error, and the console where it is the embedder who must act. */
export function report(model: Model, detail: Failure): void {
  if (/wrong_origin|unknown_site/.test(detail.code)) console.error('hankyo:', detail.message)
  model.emit('error', detail)
}
