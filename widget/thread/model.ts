import type { Comment, Sort, ThreadPage } from '../../worker/contract.ts'
import { type ApiError, request } from '../common/api.ts'
import { Drafts } from './drafts.ts'
import { type Author, authorToken } from './identity.ts'
import { Outbox } from './outbox.ts'
import { OwnComments } from './own.ts'
import type { Page } from './page.ts'
import { Storage } from './storage.ts'
import { type Branch, nest } from './tree.ts'
import type { Words } from './words.ts'

/** What the element's attributes and its page say. */
export interface Setting {
  host: string
  site: string
  page: Page
  words: Words
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

/** One thread: all its state, and all that can be done to it. Components read it and call it. */
export class Model {
  readonly setting: Setting
  readonly stage: Stage
  readonly words: Words
  readonly storage: Storage
  readonly drafts: Drafts
  readonly own: OwnComments
  readonly outbox: Outbox
  readonly author: Author
  thread: ThreadPage['thread'] | undefined
  items: Comment[] = []
  next: string | null = null
  sort: Sort
  failed = false
  /** Words for the live region. */
  said = ''
  /** Id of the element that gets the focus after the next drawing. */
  focus = ''
  #run = 0

  constructor(setting: Setting, stage: Stage) {
    this.setting = setting
    this.stage = stage
    this.words = setting.words
    this.sort = setting.sort
    this.storage = new Storage(setting.host, setting.site)
    this.author = this.storage.get('author') ?? { name: '', email: '', url: '' }
    this.drafts = new Drafts(this)
    this.own = new OwnComments(this)
    this.outbox = new Outbox(this)
  }

  /** Loads the first page, in another order if one is given. What is shown stays until it is there. */
  async load(sort = this.sort): Promise<void> {
    this.sort = sort
    this.failed = false
    await this.#fetch('', (page) => {
      const first = !this.thread
      this.thread = page.thread
      this.items = page.items
      this.next = page.next
      if (!first) return
      this.drafts.open('')
      this.own.restore()
      this.outbox.resume()
      this.stage.emit('ready', { key: page.thread.key, count: page.thread.count })
    })
  }

  /** Loads the roots after those shown, or the rest of one root's branch. */
  async more(root?: Comment): Promise<void> {
    await this.#fetch((root ? root.replies : this).next ?? '', ({ items, next }) => {
      const known = new Set(this.items.map(({ id }) => id))
      const fresh = items.filter(({ id }) => !known.has(id))
      let end = this.items.length
      if (root) {
        const start = this.items.findIndex(({ id }) => id === root.id)
        const following = this.items.findIndex((item, index) => index > start && !item.parentId)
        if (following > 0) end = following
        root.replies.next = next
      } else this.next = next
      this.items.splice(end, 0, ...fresh)
      this.focus = `comment-${fresh[0]?.id}`
    })
  }

  /** The comments in their places, the reader's own among them. */
  branches(): Branch[] {
    const own = this.own.shown()
    const ids = new Set(this.items.map(({ id }) => id))
    const items = this.items.map((item) => {
      const mine = own.find(({ id }) => id === item.id)
      return mine ? { ...mine, likes: item.likes, replies: item.replies } : item
    })
    for (const comment of own) {
      if (ids.has(comment.id)) continue
      if (comment.parentId && ids.has(comment.parentId)) items.push(comment)
      else items[this.sort === 'newest' ? 'unshift' : 'push']({ ...comment, parentId: null })
      ids.add(comment.id)
    }
    return nest(items)
  }

  /** Takes a withdrawn comment off the list, or leaves its place to its replies. */
  take(id: string): void {
    const item = this.items.find((item) => item.id === id)
    if (!item) return
    if (this.thread) this.thread.count--
    if (item.replies.count) item.gone = true
    else this.items = this.items.filter((other) => other !== item)
  }

  /** Sends a request to the site; with the author's token for all but plain reading. */
  async call<Data>(method: string, path: string, body?: unknown): Promise<Data> {
    const { host, site } = this.setting
    const answer = await request<Data>(method, `${host}/v1/sites/${encodeURIComponent(site)}/${path}`, {
      body,
      token: path.startsWith('thread') ? undefined : authorToken(this.storage),
      signal: AbortSignal.timeout(30_000),
    })
    return answer.data
  }

  /** The reader is back: sends what waits and asks what was decided, or loads what could not be loaded. */
  resume(): void {
    if (!this.thread) return void this.load()
    this.outbox.resume()
    this.own.watch()
    this.stage.changed()
  }

  /** The heading element of a level within the thread, below the one the embedder gave to its top. */
  heading(level: number): 'h2' {
    const { heading } = this.setting
    return `h${Math.min(level + (/^[1-6]$/.test(heading ?? '') ? Number(heading) : 2), 6)}` as 'h2'
  }

  /** The embedder's own words for the heading. */
  get headingText(): string | null {
    const { heading } = this.setting
    return heading && !/^[1-6]$/.test(heading) ? heading : null
  }

  /** Tells the reader by the live region. */
  tell(words: string): void {
    this.said = words
    this.stage.changed()
  }

  /** Tells the page, and the console where it is the embedder who must act. */
  report({ detail }: ApiError): void {
    if (detail.code === 'wrong_origin' || detail.code === 'unknown_site')
      console.error(`hankyo: ${detail.message}`)
    this.stage.emit('error', detail)
  }

  /** Ends all that is under way. */
  stop(): void {
    this.#run = -1
    this.own.stop()
    this.outbox.stop()
  }

  async #fetch(cursor: string, show: (page: ThreadPage) => void): Promise<void> {
    const run = ++this.#run
    if (!run) return
    const query = new URLSearchParams({ key: this.setting.page.key, sort: this.sort })
    if (cursor) query.set('cursor', cursor)
    this.stage.changed()
    try {
      const page = await this.call<ThreadPage>('GET', `thread?${query}`)
      if (run !== this.#run) return
      show(page)
    } catch (error) {
      if (run !== this.#run) return
      this.failed = true
      this.report(error as ApiError)
    }
    this.stage.changed()
  }
}
