import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { locales } from '../../../widget/common/locales.ts'
import type { Comment, CommentEdit, NewComment, Own } from '../../../worker/contract/comment.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Language } from '../../../worker/contract/languages.ts'
import type { Status } from '../../../worker/contract/status.ts'
import type { ThreadPage } from '../../../worker/contract/thread.ts'

interface Stored {
  comment: Comment
  own: Own
  token: string
  sent: NewComment
}

/** A request as it arrived. */
export interface Seen {
  method: string
  path: string
  query: URLSearchParams
  token: string | undefined
  body: unknown
}

/** What a test makes the worker answer in place of the right thing. */
export type Fault =
  | { status: number; error?: ErrorDetail; retryAfter?: number }
  | 'hang up'
  | 'lose the answer'

/** A worker in memory that speaks the contract on a loopback port. */
export class Worker {
  readonly seen: Seen[] = []
  stored = new Map<string, Stored>()
  thread: ThreadPage['thread'] = {
    key: '/article',
    url: null,
    title: null,
    count: 0,
    closed: null,
    moderated: true,
    bodyLimit: 10_000,
    origins: [location.origin],
    version: 1,
  }
  items: Comment[] = []
  next: string | null = null
  /** Answers to a cursor, or to the id that a link led to. */
  pages = new Map<string, Omit<ThreadPage, 'thread'>>()
  /** What came since, by the version that brought it. */
  news: { version: number; comment: Comment }[] = []
  /** Ids of the comments that the one reader likes. */
  liked = new Set<string>()
  counts: Record<string, number> = {}
  /** Applied to the requests it names until it is taken away. */
  fault: ((seen: Seen) => Fault | undefined | Promise<undefined>) | undefined
  #relents = Promise.withResolvers<undefined>()
  readonly #server = createServer((request, response) => this.#take(request, response))

  async start(port = 0): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(port, '127.0.0.1', done))
    return this.address()
  }

  address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  /** Holds up no request any more. */
  relent(): void {
    this.#relents.resolve(undefined)
  }

  reset(): void {
    const fresh = new Worker()
    this.#relents = Promise.withResolvers()
    this.seen.length = 0
    Object.assign(this, { ...fresh, seen: this.seen, fault: undefined })
  }

  /** Lists comments as approved. */
  show(...items: Comment[]): void {
    this.items.push(...items)
    this.thread.count = this.items.filter(({ gone }) => !gone).length
  }

  /** A comment is approved while others read. */
  arrive(comment: Comment): void {
    this.thread = { ...this.thread, version: this.thread.version + 1, count: this.thread.count + 1 }
    this.news.push({ version: this.thread.version, comment })
  }

  decide(id: string, status: Status, reason?: string): void {
    const found = this.stored.get(id)
    if (!found) throw new Error(`nothing is stored under ${id}`)
    Object.assign(found.own, { status, reason })
  }

  /** How often a request of this kind has arrived. */
  asked(method: string, path: RegExp): Seen[] {
    return this.seen.filter((seen) => seen.method === method && path.test(seen.path))
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://worker')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', 'authorization, content-type, if-none-match')
    response.setHeader('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
    response.setHeader('access-control-expose-headers', 'etag, retry-after')
    const answer = (status: number, data?: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(data === undefined ? undefined : JSON.stringify(data))
    }
    if (request.method === 'OPTIONS') return answer(204)
    const seen: Seen = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      token: request.headers.authorization?.slice(7),
      body: text ? JSON.parse(text) : undefined,
    }
    this.seen.push(seen)
    const fault = await Promise.race([this.fault?.(seen), this.#relents.promise])
    if (fault === 'hang up') return void response.destroy()
    if (fault === 'lose the answer') {
      this.#route(seen)
      return void response.destroy()
    }
    if (fault) {
      if (fault.retryAfter) response.setHeader('retry-after', fault.retryAfter)
      return answer(fault.status, { error: fault.error ?? { code: 'internal', message: 'a fault' } })
    }
    answer(...this.#route(seen))
  }

  #route(seen: Seen): [number, unknown?] {
    const { method, path, query, token = '', body } = seen
    const words = /^\/embed\/words-0123\/([\w-]+?)(\.\w+)?\.json$/.exec(path)
    if (words) return wordsOf(words[1] as Language, words[2])
    if (path.endsWith('/counts')) return [200, { counts: this.counts }]
    if (path.endsWith('/subscriptions')) return [202, {}]
    if (path.endsWith('/thread')) return [200, { thread: this.thread, ...this.#page(query) }]
    const [id = '', act] = path.split('/comments/')[1]?.split('/') ?? []
    if (act === 'like') return this.#like(id, method === 'PUT')
    if (act === 'flags') return [204]
    if (method === 'POST' && !act) return this.#post(body as NewComment, token)
    const found = this.stored.get(id)
    if (!found || found.token !== token)
      return [404, { error: { code: 'not_found', message: 'There is no such comment.' } }]
    if (method === 'DELETE') {
      this.stored.delete(found.comment.id)
      return [204]
    }
    if (method === 'PATCH') {
      const edit = body as CommentEdit
      Object.assign(found.own, { body: edit.body, revision: edit.revision + 1, status: 'pending' })
      found.comment.content = [{ type: 'paragraph', children: [edit.body] }]
      found.comment.editedAt = new Date().toISOString()
    }
    if (act === 'appeal') Object.assign(found.own, { status: 'pending', appealable: undefined })
    return [200, { comment: { ...found.comment, own: found.own } }]
  }

  #page(query: URLSearchParams): Omit<ThreadPage, 'thread'> {
    const since = query.get('since')
    if (since)
      return {
        items: this.news.filter(({ version }) => version > Number(since)).map(({ comment }) => comment),
        next: null,
      }
    const page = this.pages.get(query.get('cursor') ?? query.get('around') ?? '')
    return page ?? { items: this.items, next: this.next }
  }

  #like(id: string, liked: boolean): [number, unknown?] {
    const comment = this.items.find((item) => item.id === id)
    if (!comment) return [404, { error: { code: 'not_found', message: 'There is no such comment.' } }]
    this.liked[liked ? 'add' : 'delete'](id)
    return [200, { likes: comment.likes + (this.liked.has(id) ? 1 : 0) }]
  }

  #post(sent: NewComment, token: string): [number, unknown?] {
    const there = this.stored.get(sent.id)
    if (there) return [200, { comment: { ...there.comment, own: there.own } }]
    const comment = commentOf({
      id: sent.id,
      parentId: sent.parentId ?? null,
      author: { id: 'a1', name: sent.author.name, url: sent.author.url ?? null },
      content: [{ type: 'paragraph', children: [sent.body] }],
      createdAt: new Date().toISOString(),
    })
    const own: Own = {
      status: this.thread.moderated ? 'pending' : 'approved',
      body: sent.body,
      revision: 1,
      editableUntil: new Date(Date.now() + 600_000).toISOString(),
    }
    this.stored.set(sent.id, { comment, own, token, sent })
    return [202, { comment: { ...comment, own } }]
  }
}

/** A language's words as the build divides them among its files. */
function wordsOf(language: Language, kind?: string): [number, unknown] {
  const { thread, writing, reading, formatting, telling, own, errors, reasons } = locales[language]
  if (kind === '.asked') return [200, { ...reading, ...formatting, ...telling }]
  if (kind === '.more') return [200, { ...own, ...errors, ...reasons }]
  return [200, kind === '.writing' ? writing : thread]
}

/** An id as the worker makes them. */
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

let made = 0

/** A comment with what matters to the test and the rest made up. */
export function commentOf(given: Partial<Comment> & { text?: string } = {}): Comment {
  const { text = 'A thought.', ...rest } = given
  return {
    id: `c${++made}`,
    parentId: null,
    author: { id: 'f00d', name: 'Haruka Tanabe', url: null },
    content: [{ type: 'paragraph', children: [text] }],
    createdAt: '2026-11-20T01:09:00.000Z',
    editedAt: null,
    likes: 0,
    replies: { count: 0, next: null },
    ...rest,
  }
}
