import type { Comment, NewComment, Posted } from '../../../worker/contract/comment.ts'
import type { Status } from '../../../worker/contract/status.ts'
import type { ApiError } from '../../common/api.ts'
import type { Part } from '../later/ownComments.tsx'
import { call, type Model, tell } from './model.ts'
import { preview } from './pendingComment.ts'
import { get, set } from './storage.ts'
import { type Failure, loadWords } from './words.ts'

/**
 * A comment of the reader's own. It is stored by its id before it is first sent, whole until the
 * worker has taken it, so that whichever page or tab of the site comes next can send it.
 */
export interface Own {
  id: string
  /** Canonical key of its thread. */
  thread: string
  /** What is still to be sent. Its id makes sending it twice harmless. */
  request?: NewComment | undefined
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
  /** Whether the reader is being asked if they mean to withdraw it. */
  asking?: boolean
  /** Why it could not be changed. */
  error?: Failure | undefined
}

/** Sends a new comment, now or as soon as that is possible. */
export function post(model: Model, request: NewComment): void {
  const own: Own = { id: request.id, thread: model.thread?.key ?? '', request, comment: preview(request) }
  remember(model, own)
  send(model, own)
  attend(model)
}

/** Loads the part of the script that sees to the reader's own comments, and its words. */
export async function prepare(model: Model): Promise<Part> {
  const [part] = await Promise.all([import('../later/ownComments.tsx'), loadWords(model, '.more')])
  model.part = part
  model.changed()
  return part
}

/** Sees to the reader's own comments; who has a token has sent some. */
export async function attend(model: Model): Promise<void> {
  if (!model.thread || !get(model, 'token')) return
  try {
    const part = await prepare(model)
    part.tend(model)
  } catch {
    model.failed = true
    model.changed()
  }
}

/** Sends one unless it is being sent. */
export async function send(model: Model, own: Own): Promise<void> {
  if (own.busy) return
  own.busy = true
  model.changed()
  await trySending(model, own)
  own.busy = false
  model.changed()
}

async function trySending(model: Model, own: Own): Promise<void> {
  // Another tab may have sent it, or taken it back.
  const request = get<Own>(model, `own ${own.id}`)?.request
  own.request = request
  if (!request) return
  try {
    if (model.thread?.proof) request.proof = await (await import('../later/proof.ts')).prove(model, request)
    const { comment, token } = await call<Posted>(model, 'POST', 'comments', request)
    if (token) set(model, 'token', token)
    take(model, own, comment)
    model.emit('posted', { id: own.id, status: own.status })
    await prepare(model).catch(() => {})
    tell(model, model.say(own.status === 'approved' ? 'sent' : 'waiting'))
  } catch (error) {
    // Without the part it stays unsent; when it is sent again the answer is the same again.
    const part = await prepare(model).catch(() => undefined)
    if (part?.givesBack(model, own, error as ApiError)) return
    own.tries = (own.tries ?? 0) + 1
    own.notBefore = Date.now() + (error as ApiError).retryAfter
    remember(model, own)
    tell(model, model.say(part ? 'later' : 'unsent'))
  }
}

/** Takes over what the worker says of a comment. */
export function take(model: Model, own: Own, comment: Comment): void {
  if (own.thread === model.thread?.key) own.comment = comment
  own.request = undefined
  const now = comment.own
  if (now) {
    own.status = now.status
    own.until = now.editableUntil
  }
  remember(model, own)
}

/** Remembers a comment for this page and the next. */
export function remember(model: Model, own: Own): void {
  const { id, thread, request, notBefore, status, until } = own
  model.mine.set(id, own)
  set(model, `own ${id}`, { id, thread, request, notBefore, status, until })
  model.changed()
}
