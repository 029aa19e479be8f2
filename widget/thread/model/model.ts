import type { VNode } from 'preact'
import type { Comment } from '../../../worker/contract/comment.ts'
import type { Sort, ThreadPage } from '../../../worker/contract/thread.ts'
import { type ApiError, exchange } from '../../common/api.ts'
import { makeFormatters } from '../../common/i18n.ts'
import type { Part } from '../later/ownComments.tsx'
import type { Report } from '../later/Report.tsx'
import type { Reading } from '../later/readerActions.tsx'
import type { Draft } from './drafts.ts'
import { type Author, authorToken } from './identity.ts'
import { attend, type Own } from './ownComments.ts'
import type { Page } from './page.ts'
import { type Branch, nest } from './tree.ts'
import type { Wiring } from './wiring.ts'
import { type Failure, loadWords, type Words } from './words.ts'

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
export interface Model extends Setting, Stage, Wiring {
  author: Author
  thread?: ThreadPage['thread']
  items: Comment[]
  next?: string | null
  previous?: string | undefined
  failed?: boolean
  /** Words for the live region. */
  said?: string
  /** Id of the element that gets the focus after the next drawing. */
  focus: string
  /** Id of the comment that a link led to. */
  linked?: string | undefined
  /** Open composers, by the id of the comment they answer, '' for the root's, `edit-…` for changes. */
  drafts: Map<string, Draft>
  /** The reader's own comments, and the part of the script that sees to them. */
  mine: Map<string, Own>
  part?: Part
  /** Ids of the comments this reader likes, and the part of the script that sees to what readers do. */
  likes: Set<string>
  reading?: Reading
  /** Id of the comment whose further acts are open, and of those whose replies are hidden. */
  acting?: string | undefined
  folded?: Set<string>
  /** What a reader is reporting. */
  report?: Report | undefined
  /** What came of the last act on a comment, told beside it. */
  told?: { id: string; words: string }
  /** Comments that came while this page was read, and the version of the thread that brought the last. */
  fresh?: Comment[]
  since?: number
  /** Whether the comment that a link leads to is not there. */
  missed?: boolean
  /** Whether moments are told by the reader's clock, or by their dates alone. */
  clock: boolean
  /** How many comments are drawn: the rest follow, a few at a time, so that nothing waits for them. */
  drawn: number
  /** Whether those that are not drawn yet stand in the page already, to be taken over. */
  served?: boolean | undefined
  /** Comments, by their ids, that need not be drawn again until something changes. */
  kept: Map<string, VNode>
  /** Counts the loads: an answer to an earlier one is ignored. NaN once the element is gone. */
  run: number
  timer?: ReturnType<typeof setTimeout>
}

/** A model of a thread of which nothing is known yet. */
export function modelOf(setting: Setting & Stage & Partial<Wiring>): Model {
  return {
    button: { type: 'button' },
    ...setting,
    author: { name: '', email: '', url: '' },
    items: [],
    focus: '',
    drafts: new Map(),
    mine: new Map(),
    likes: new Set(),
    clock: true,
    drawn: Number.POSITIVE_INFINITY,
    kept: new Map(),
    run: 0,
  }
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

/** Asks for a page of the thread, or for what `more` says of it. */
export function fetchPage(model: Model, more: Record<string, string>): Promise<ThreadPage> {
  const { key, sort } = model
  return call<ThreadPage>(model, 'GET', `thread?${new URLSearchParams({ key, sort, ...more })}`)
}

/**
 * Loads the thread's first page, or the one that a link to a comment leads to; with a list, what
 * comes after it: the model's own, or a root's replies; or what comes before the first comment.
 * What is shown stays until the answer is there.
 */
export async function load(model: Model, list?: { next?: string | null }, before?: string): Promise<void> {
  const run = ++model.run
  const cursor = before ?? list?.next
  const id = linkedId()
  const linked = cursor || id === model.linked ? undefined : id
  model.failed = false
  model.changed()
  try {
    const [page] = await Promise.all([
      fetchPage(model, cursor ? { cursor } : linked ? { around: linked } : {}),
      loadWords(model),
      model.thread || makeFormatters(model.tag),
    ])
    if (run !== model.run) return
    if (cursor) extend(model, page, { list, before })
    else begin(model, page, { linked })
  } catch (error) {
    if (run !== model.run) return
    model.failed = true
    report(model, (error as ApiError).detail)
  }
  model.changed()
}

/** Id of the comment that the page's address leads to. */
export const linkedId = () => /^#comment-([\w-]{36})$/.exec(location.hash)?.[1]

/** Goes to a comment that is shown, by a link to it. */
export function goTo(model: Model, id: string): void {
  model.linked = id
  model.focus = `comment-${id}`
  model.drawn = Number.POSITIVE_INFINITY
  model.changed()
}

/** Comments drawn at once: about as many as a slow phone draws within a twentieth of a second. */
export const slice = 3

/** Shows a page of the thread, in place of what was shown before: with a comment to go to, or as it was `served`. */
export function begin(
  model: Model,
  page: ThreadPage,
  { linked, served }: { linked?: string | undefined; served?: boolean } = {},
): void {
  const first = !model.thread
  // To take over what surrounds the comments is enough for a start.
  Object.assign(model, { previous: undefined, missed: false, served, drawn: served ? 1 : slice }, page)
  if (linked) {
    goTo(model, linked)
    if (!page.items.some(({ id }) => id === linked)) late(model, (part) => part.miss(model))
  }
  if (first) model.emit('ready', page.thread)
  attend(model)
}

function extend(
  model: Model,
  page: ThreadPage,
  { list, before }: { list?: { next?: string | null } | undefined; before?: string | undefined },
): void {
  // What comes at the end comes bit by bit, too.
  model.served = false
  model.drawn = list === model ? model.items.length + slice : Number.POSITIVE_INFINITY
  const root = list && model.items.find(({ replies }) => replies === list)
  const fresh = insert(model, page.items, root, !!before)
  model.focus = `comment-${fresh?.id}`
  // What was written meanwhile need not be on this page.
  model.since ??= model.thread?.version
  model.thread = page.thread
  if (before) model.previous = page.previous
  else if (list) list.next = page.next
}

/** Puts comments that are not shown yet at the thread's start or end, or into the branch of a root; the first. */
export function insert(
  { items }: Model,
  all: Comment[],
  root?: Comment,
  start?: boolean,
): Comment | undefined {
  const fresh = all.filter(({ id }) => !items.some((item) => item.id === id))
  if (root) {
    const from = items.indexOf(root) + 1
    let end = from
    while (items[end]?.parentId) end++
    // What a link led to stands before replies that are older.
    const branch = [...items.slice(from, end), ...fresh]
    items.splice(from, end - from, ...branch.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)))
  } else if (start) items.unshift(...fresh)
  else items.push(...fresh)
  return fresh[0]
}

/** Does something with the part of the script that readers need once they do more than read. */
export async function late(model: Model, act: (part: Reading) => unknown): Promise<void> {
  try {
    const [part] = await Promise.all([import('../later/readerActions.tsx'), loadWords(model, '.more')])
    model.reading = part
    await act(part)
  } catch (error) {
    report(model, (error as ApiError).detail ?? { code: 'unavailable' })
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

/** Whether a comment's turn to be drawn is still to come. */
export const waits = ({ items, drawn }: Model, comment: Comment): boolean =>
  drawn < items.length && items.indexOf(comment) >= drawn

/** Whether all comments are there, be it as they came with the page. */
export const isDrawn = ({ items, drawn, served }: Model): boolean => served || drawn >= items.length

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
