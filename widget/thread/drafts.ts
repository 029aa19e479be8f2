import type { Comment, ErrorDetail, NewComment } from '../../worker/contract.ts'
import type { ApiError } from '../common/api.ts'
import { newId } from './identity.ts'
import type { Model } from './model.ts'
import type { Unsent } from './outbox.ts'

export type Field = 'body' | 'name' | 'email' | 'url'

/** A text being written. */
export interface Draft {
  /** The id of the comment it answers, '' for a new root comment, `edit-…` for a change of one's own. */
  id: string
  body: string
  /** When the form was first touched; 0 until then. */
  since: number
  /** What is wrong, in words, by field; '' is for the whole form. */
  errors: Partial<Record<Field | '', string>>
  /** The revision a change was made from. */
  revision?: number
}

/** The open composers and their texts, which are kept until they are posted. */
export class Drafts {
  readonly #model: Model
  readonly #open = new Map<string, Draft>()

  constructor(model: Model) {
    this.#model = model
  }

  get(id: string): Draft | undefined {
    return this.#open.get(id)
  }

  /** Opens a composer with the text left in it before, and gives it the focus unless it is the root's. */
  open(id: string): Draft {
    let draft = this.get(id)
    if (!draft) {
      const body = this.#model.storage.get<string>(this.#name(id)) ?? ''
      draft = { id, body, since: id || body ? Date.now() : 0, errors: {} }
      this.#open.set(id, draft)
    }
    if (id) this.#focus(draft, 'body')
    return draft
  }

  /** Opens a composer for a change of one's own comment. */
  edit({ id, own }: Comment): void {
    if (!own) return
    Object.assign(this.open(`edit-${id}`), { body: own.body, revision: own.revision })
  }

  /** Closes a composer, leaving its text for the next time, and returns to the button that opened it. */
  close(draft: Draft): void {
    if (!draft.id) return
    this.#open.delete(draft.id)
    this.#model.focus = draft.revision ? draft.id : `reply-${draft.id}`
    this.#model.stage.changed()
  }

  /** The form was touched. */
  touch(draft: Draft): void {
    if (draft.since) return
    draft.since = Date.now()
    this.#model.stage.changed()
  }

  write(draft: Draft, field: Field, value: string): void {
    const before = this.left(draft)
    if (field === 'body') this.#text(draft, value)
    else this.#model.author[field] = value
    if (draft.errors[field] || before !== this.left(draft)) {
      delete draft.errors[field]
      this.#model.stage.changed()
    }
  }

  /** Characters left, or undefined while there are plenty. */
  left({ body }: Draft): number | undefined {
    const left = (this.#model.thread?.bodyLimit ?? 0) - [...body].length
    return left < 300 ? left : undefined
  }

  /** Posts or saves what was written. */
  submit(draft: Draft, trap: string): void {
    const { author, storage, thread, outbox, setting, words } = this.#model
    const left = this.left(draft) ?? 0
    draft.errors = {}
    if (!draft.revision && !author.name.trim()) draft.errors.name = words.error('missing')
    if (!draft.body.trim()) draft.errors.body = words.error('missing')
    if (left < 0) draft.errors.body = words.error('too_long', thread?.bodyLimit)
    const wrong = (['body', 'name'] as const).find((field) => draft.errors[field])
    if (wrong) return this.#focus(draft, wrong)
    if (draft.revision) return void this.#save(draft)
    storage.set('author', author)
    const { name, email, url } = author
    const request: NewComment = {
      id: newId(),
      ...setting.page,
      parentId: draft.id || null,
      author: { name, ...(email && { email }), ...(url && { url }) },
      body: draft.body,
      elapsedMs: Date.now() - draft.since,
      trap,
    }
    this.close(draft)
    this.#text(draft, '')
    draft.since = 0
    this.#model.focus = `comment-${request.id}`
    outbox.add(request)
  }

  /** Puts a text that was not taken back into its composer, before anything written there since. */
  giveBack({ request, thread }: Unsent, error?: ErrorDetail): void {
    const { items, storage } = this.#model
    const parent = items.find(({ id }) => id === request.parentId)?.id ?? ''
    const join = (later?: string) => [request.body, later].filter(Boolean).join('\n\n')
    if (thread !== this.#model.thread?.key) {
      const name = `draft ${thread} ${request.parentId ?? ''}`
      return storage.set(name, join(storage.get(name)))
    }
    const draft = this.open(parent)
    this.#text(draft, join(draft.body))
    this.touch(draft)
    this.#fail(draft, error)
  }

  async #save(draft: Draft): Promise<void> {
    try {
      await this.#model.own.save(draft.id.slice(5), draft.body, draft.revision as number)
      this.close(draft)
    } catch (error) {
      this.#fail(draft, (error as ApiError).detail)
    }
  }

  #fail(draft: Draft, error?: ErrorDetail): void {
    const path = error?.field?.split('.').at(-1) ?? ''
    const field = (['body', 'name', 'email', 'url'] as const).find((name) => name === path)
    if (error) draft.errors[field ?? ''] = this.#model.words.error(error.code, error.limit)
    this.#focus(draft, field ?? 'body')
  }

  #text(draft: Draft, body: string): void {
    draft.body = body
    if (!draft.revision) this.#model.storage.set(this.#name(draft.id), body || undefined)
  }

  #focus(draft: Draft, field: Field): void {
    this.#model.focus = `${field}-${draft.id}`
    this.#model.stage.changed()
  }

  #name(id: string): string {
    return `draft ${this.#model.thread?.key} ${id}`
  }
}
