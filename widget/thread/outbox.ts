import type { Comment, NewComment, Posted } from '../../worker/contract.ts'
import type { ApiError } from '../common/api.ts'
import type { Model } from './model.ts'
import type { Mine } from './own.ts'

/** A comment in the outbox, with the canonical key of its thread. */
export interface Unsent {
  request: NewComment
  thread: string
}

const longest = 300_000

/**
 * Comments on their way. Each is stored under its own name before it is first sent and until it is
 * acknowledged or refused for good, whichever page or tab of the site gets to it. Its id makes
 * sending it twice harmless.
 */
export class Outbox {
  readonly #model: Model
  readonly #busy = new Set<string>()
  readonly #due = new Map<string, { timer: ReturnType<typeof setTimeout>; notBefore: number }>()

  constructor(model: Model) {
    this.#model = model
  }

  add(request: NewComment): void {
    const { storage, thread } = this.#model
    const unsent: Unsent = { request, thread: thread?.key ?? request.key }
    storage.set(`outbox ${request.id}`, unsent)
    this.resume()
  }

  /** Sends all that waits, unless the server asked for patience. */
  resume(): void {
    const { storage, own, thread } = this.#model
    for (const id of storage.names('outbox ')) {
      const unsent = storage.get<Unsent>(`outbox ${id}`)
      if (!unsent) continue
      const mine: Mine = own.get(id) ?? { id, ...unsent }
      if (unsent.thread === thread?.key) mine.comment ??= preview(unsent.request)
      own.add(mine)
      if (!((this.#due.get(id)?.notBefore ?? 0) > Date.now())) this.send(mine)
    }
  }

  /** Sends one now. */
  async send(mine: Mine): Promise<void> {
    const { id } = mine
    if (this.#busy.has(id)) return
    this.#busy.add(id)
    clearTimeout(this.#due.get(id)?.timer)
    this.#model.stage.changed()
    const attempt = () => this.#attempt(mine)
    await (navigator.locks ? navigator.locks.request(`hankyo ${id}`, attempt) : attempt())
    this.#busy.delete(id)
    this.#model.stage.changed()
  }

  /** Gives an unsent comment back to be changed; should it have arrived unnoticed, it is withdrawn. */
  takeBack(mine: Mine): void {
    const { id, request, thread } = mine
    if (!request || this.#busy.has(id)) return
    this.#remove(id)
    this.#model.drafts.giveBack({ request, thread })
    this.#model.call('DELETE', `comments/${id}`).catch(() => {})
  }

  stop(): void {
    for (const { timer } of this.#due.values()) clearTimeout(timer)
    this.#due.clear()
  }

  async #attempt(mine: Mine): Promise<void> {
    const { storage, own, words, stage } = this.#model
    const { id } = mine
    const unsent = storage.get<Unsent>(`outbox ${id}`)
    // Another tab has sent it, or taken it back, while this one waited for the lock.
    if (!unsent) return storage.get(`mine ${id}`) ? own.check(mine) : own.forget(id)
    try {
      const { comment, token } = await this.#model.call<Posted>('POST', 'comments', unsent.request)
      if (token) storage.set('token', token)
      storage.set(`outbox ${id}`, undefined)
      own.keep(mine, comment)
      this.#model.tell(words.say(comment.own?.status === 'approved' ? 'sent' : 'waiting'))
      stage.emit('posted', { id, status: comment.own?.status })
    } catch (error) {
      const { status, retryAfter, detail } = error as ApiError
      if (status && status < 500 && status !== 408 && status !== 429) {
        this.#remove(id)
        this.#model.drafts.giveBack(unsent, detail)
        return this.#model.report(error as ApiError)
      }
      mine.tries = (mine.tries ?? 0) + 1
      const backoff = Math.min(2 ** mine.tries * 1000, longest) * (0.5 + Math.random())
      this.#due.set(id, {
        timer: setTimeout(() => this.send(mine), Math.max(backoff, retryAfter)),
        notBefore: Date.now() + retryAfter,
      })
      this.#model.tell(words.say('unsent'))
    }
  }

  #remove(id: string): void {
    this.#model.storage.set(`outbox ${id}`, undefined)
    this.#model.own.forget(id)
  }
}

/** A comment as its author sees it before the worker has made anything of it: plain paragraphs. */
function preview({ id, parentId, author, body }: NewComment): Comment {
  return {
    id,
    parentId: parentId ?? null,
    author: { id: '', name: author.name, url: null },
    content: body.split(/\n{2,}/).map((text) => ({ type: 'paragraph', children: [text] })),
    createdAt: new Date().toISOString(),
    editedAt: null,
    likes: 0,
    replies: { count: 0, next: null },
  }
}
