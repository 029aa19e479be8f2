import type { Comment, NewComment, Status } from '../../worker/contract.ts'
import type { ApiError } from '../common/api.ts'
import type { Model } from './model.ts'

/** A comment of the reader who looks at it. */
export interface Mine {
  id: string
  /** Canonical key of the thread it belongs to. */
  thread: string
  /** As it is shown; undefined where the public list shows it anyway, or it is on another page. */
  comment?: Comment
  /** What is in the outbox until the worker has acknowledged it. */
  request?: NewComment
  /** Failed attempts to send it. */
  tries?: number
  /** Until when it can be edited. */
  until?: string | null
  /** Whether the reader is being asked if they mean to withdraw it. */
  asking?: boolean
}

interface Kept {
  thread: string
  status: Status
  until: string | null
}

const soon = 2_000
const rarely = 60_000

/** The reader's own comments: remembered by id, seen by token, followed until they are decided. */
export class OwnComments {
  readonly #model: Model
  readonly #all = new Map<string, Mine>()
  #delay = soon
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(model: Model) {
    this.#model = model
  }

  get(id: string): Mine | undefined {
    return this.#all.get(id)
  }

  /** Whether a comment is one's own and only its author sees it. */
  waits(comment: Comment): boolean {
    const mine = this.get(comment.id)
    return !!mine?.comment && (!!mine.request || comment.own?.status !== 'approved')
  }

  add(mine: Mine): void {
    this.#all.set(mine.id, mine)
  }

  shown(): Comment[] {
    return [...this.#all.values()].flatMap(({ comment }) => comment ?? [])
  }

  /** Finds the comments posted here before; those not public yet are asked for. */
  restore(): void {
    const { storage, thread } = this.#model
    for (const id of storage.names('mine ')) {
      const kept = storage.get<Kept>(`mine ${id}`)
      if (!kept || kept.thread !== thread?.key || this.get(id)) continue
      const mine = { id, thread: kept.thread, until: kept.until }
      this.add(mine)
      if (kept.status !== 'approved') this.check(mine)
    }
  }

  /** Asks how a comment stands. */
  async check(mine: Mine): Promise<void> {
    try {
      this.keep(mine, (await this.#model.call<{ comment: Comment }>('GET', `comments/${mine.id}`)).comment)
    } catch (error) {
      if ((error as ApiError).status === 404) this.forget(mine.id)
    }
  }

  /** Takes over what the worker says of a comment. */
  keep(mine: Mine, comment: Comment): void {
    const { own } = comment
    const before = mine.comment?.own
    if (!own || own.revision < (before?.revision ?? 0)) return
    const { storage, thread, words, stage } = this.#model
    if (this.#isHere(mine)) mine.comment = comment
    mine.until = own.editableUntil
    delete mine.request
    const kept: Kept = { thread: mine.thread, status: own.status, until: own.editableUntil }
    storage.set(`mine ${mine.id}`, kept)
    this.add(mine)
    if (before?.status === 'pending' && own.status === 'approved' && own.revision === 1 && thread)
      thread.count++
    if (before && before.status !== own.status) this.#model.said = words.status(own)
    if (own.status === 'pending' && !before) this.watch()
    stage.changed()
  }

  /** Follows waiting comments while the page is visible, less and less often. */
  watch(delay = soon): void {
    clearTimeout(this.#timer)
    this.#delay = delay
    this.#timer = setTimeout(async () => {
      const waiting = [...this.#all.values()].filter(({ comment }) => comment?.own?.status === 'pending')
      if (document.hidden || !waiting.length) return
      await Promise.all(waiting.map((mine) => this.check(mine)))
      this.watch(Math.min(this.#delay * 1.5, rarely))
    }, delay)
  }

  /** Opens a composer with the latest text. */
  async edit(id: string): Promise<void> {
    const mine = this.get(id)
    if (!mine) return
    await this.check(mine)
    if (mine.comment) this.#model.drafts.edit(mine.comment)
  }

  /** Sends a changed text; rejects with an `ApiError`. */
  async save(id: string, body: string, revision: number): Promise<void> {
    const mine = this.get(id)
    if (!mine) return
    const { comment } = await this.#model.call<{ comment: Comment }>('PATCH', `comments/${id}`, {
      body,
      revision,
    })
    this.keep(mine, comment)
    this.watch()
    if (comment.own?.status === 'pending') this.#model.tell(this.#model.words.say('waiting'))
  }

  /** Asks first, or no longer. */
  ask(mine: Mine, asking: boolean): void {
    mine.asking = asking
    this.#model.focus = `withdraw-${mine.id}`
    this.#model.stage.changed()
  }

  async withdraw(mine: Mine): Promise<void> {
    const { words } = this.#model
    try {
      await this.#model.call('DELETE', `comments/${mine.id}`)
    } catch (error) {
      const { status, detail } = error as ApiError
      if (status !== 404) return this.#model.tell(words.error(detail.code))
    }
    this.forget(mine.id)
    this.#model.take(mine.id)
    this.#model.focus = 'body-'
    this.#model.tell(words.say('withdrawn'))
  }

  /** No longer shows or remembers a comment. */
  forget(id: string): void {
    this.#all.delete(id)
    this.#model.storage.set(`mine ${id}`, undefined)
    this.#model.stage.changed()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #isHere(mine: Mine): boolean {
    return mine.thread === this.#model.thread?.key
  }
}
