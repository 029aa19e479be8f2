import type { ComponentType } from 'preact'
import type { Comment, NewComment, Posted, Status } from '../../worker/contract.ts'
import type { ApiError } from '../common/api.ts'
import { call, type Model, report, tell } from './model.ts'
import type * as Change from './parts/change.tsx'
import { preview } from './preview.ts'
import { get, names, set } from './storage.ts'
import { completeWords, type Failure, sayStatus } from './words.ts'

/**
 * A comment of the reader's own. It is stored by its id before it is first sent, whole until the
 * worker has taken it, so that whichever page or tab of the site comes next can send it.
 */
export interface Own {
  id: string
  /** Canonical key of its thread. */
  thread: string
  /** What is still to be sent. Its id makes sending it twice harmless. */
  request?: NewComment
  status?: Status
  /** Until when it can be edited (ISO 8601). */
  until?: string | null
  /** As its author sees it; missing on other pages, and where the public list shows it. */
  comment?: Comment
  /** Failed attempts to send it. */
  tries?: number
  /** When it may be sent again, where the server asked for patience. */
  notBefore?: number
  busy?: boolean
  /** Asks the reader if they mean to withdraw it. */
  question?: ComponentType<{ model: Model; own: Own }> | undefined
  /** Why it could not be changed. */
  error?: Failure | undefined
}

/** Sends a new comment, now or as soon as that is possible. */
export function post(model: Model, request: NewComment): void {
  remember(model, { id: request.id, thread: model.thread?.key ?? '', request })
  tend(model)
}

/**
 * Sends what is unsent and asks about what is undecided, again and again, less and less often,
 * until nothing is left to do.
 */
export async function tend(model: Model, delay = 2_000): Promise<void> {
  clearTimeout(model.timer)
  for (const id of names(model, 'own ')) {
    const own = model.mine.get(id) ?? get<Own>(model, `own ${id}`)
    if (!own) continue
    model.mine.set(id, own)
    if (own.request && own.thread === model.thread?.key) own.comment ??= preview(own.request)
  }
  const open = [...model.mine.values()].filter(isOpen(model))
  await Promise.all(open.map((own) => (own.request ? send : check)(model, own)))
  clearTimeout(model.timer)
  if (model.run && [...model.mine.values()].some(isOpen(model)))
    model.timer = setTimeout(tend, delay * (0.75 + Math.random() / 2), model, Math.min(delay * 2, 60_000))
}

const isOpen =
  ({ thread }: Model) =>
  (own: Own) =>
    own.request ||
    (own.thread === thread?.key &&
      (own.status === 'pending' ? !document.hidden : !own.comment && own.status !== 'approved'))

/** Sends one unless it is being sent or the server asked for patience. */
export async function send(model: Model, own: Own, now?: boolean): Promise<void> {
  if (own.busy || (!now && (own.notBefore ?? 0) > Date.now())) return
  own.busy = true
  model.changed()
  const attempt = () => trySending(model, own)
  await (navigator.locks ? navigator.locks.request(`hankyo ${own.id}`, attempt) : attempt())
  own.busy = false
  model.changed()
}

async function trySending(model: Model, own: Own): Promise<void> {
  // Another tab may have sent it, or taken it back, while this one waited for the lock.
  const request = get<Own>(model, `own ${own.id}`)?.request
  if (!request) return check(model, own)
  try {
    const { comment, token } = await call<Posted>(model, 'POST', 'comments', request)
    if (token) set(model, 'token', token)
    learn(model, own, comment)
    const status = comment.own?.status
    model.emit('posted', { id: own.id, status })
    tell(model, model.say(status === 'approved' ? 'sent' : 'waiting'))
  } catch (error) {
    const { status, retryAfter, detail } = error as ApiError
    const refused = status > 399 && status < 500 && status !== 408 && status !== 429
    // It is kept and sent again, to be refused again, should there be no way to give it back now.
    const part = refused && (await prepare(model).catch(() => undefined))
    if (part) {
      part.giveBack(model, own, detail)
      report(model, error as ApiError)
    } else {
      own.tries = (own.tries ?? 0) + 1
      own.notBefore = Date.now() + retryAfter
      remember(model, own)
      tell(model, model.say(model.knows('later') ? 'later' : 'unavailable'))
    }
  }
}

/** Asks how a comment stands; how it was decided is learnt together with the words for it. */
export async function check(model: Model, own: Own): Promise<void> {
  try {
    const { comment } = await call<{ comment: Comment }>(model, 'GET', `comments/${own.id}`)
    if (comment.own?.status !== 'pending') await completeWords(model)
    learn(model, own, comment)
  } catch (error) {
    if ((error as ApiError).status === 404) forget(model, own)
  }
}

/** Takes over what the worker says of a comment. */
export function learn(model: Model, own: Own, comment: Comment): void {
  const now = comment.own
  const before = own.comment?.own
  if (!now || now.revision < (before?.revision ?? 0)) return
  if (before && before.status !== now.status) {
    model.said = sayStatus(model, { ...now, reason: '' })
    if (now.status === 'approved' && !comment.editedAt && model.thread) model.thread.count++
  }
  if (own.thread === model.thread?.key) own.comment = comment
  own.request = undefined
  own.status = now.status
  own.until = now.editableUntil
  remember(model, own)
}

function remember(model: Model, own: Own): void {
  const { id, thread, request, notBefore, status, until } = own
  model.mine.set(id, own)
  set(model, `own ${id}`, { id, thread, request, notBefore, status, until })
  model.changed()
}

/** No longer shows or remembers a comment. */
export function forget(model: Model, { id }: Own): void {
  model.mine.delete(id)
  set(model, `own ${id}`, undefined)
  model.changed()
}

/** Loads what changes comments that were sent or are to be, and its words. Rejects when they cannot be had now. */
export async function prepare(model: Model): Promise<typeof Change> {
  const [part] = await Promise.all([import('./parts/change.tsx'), completeWords(model)])
  return part
}

/** Lets the reader take back, edit or withdraw it. */
export async function change(model: Model, own: Own, how: 'takeBack' | 'edit' | 'withdraw'): Promise<void> {
  own.error = undefined
  try {
    await (await prepare(model))[how](model, own)
  } catch {
    own.error = { code: 'unavailable' }
  }
  model.changed()
}
