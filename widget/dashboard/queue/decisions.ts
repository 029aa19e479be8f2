import { batch, createModel, signal } from '@preact/signals'
import {
  type Action,
  type DecisionRequest,
  type DecisionResult,
  type DecisionResults,
  statusAfter,
} from '../../../worker/contract/decisions.ts'
import { limits } from '../../../worker/contract/limits.ts'
import type { QueueItem, Tab } from '../../../worker/contract/queue.ts'
import { ApiError } from '../../common/api.ts'
import { appealAnswers } from '../core/appealAnswers.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import type { Place } from '../core/location.ts'
import { agreedNotice, decidedNotice, noteNotice, offlineNotice, sendingNotice } from '../core/notices.ts'
import type { Session } from '../core/session.ts'
import type { UndoStack } from '../core/undoStack.ts'
import type { Queue } from './queue.ts'
import { agrees, noteOf, stateOf } from './refused.ts'
import type { Note } from './rowNotes.ts'
import { type Decided, Undoing } from './undoing.ts'

/** Whether a comment in that state is still listed on a tab. */
export function belongs(
  tab: Tab,
  { status, flags, appealed }: Pick<QueueItem, 'status' | 'flags' | 'appealed'>,
): boolean {
  if (tab === 'appeals') return status === 'pending' && appealed?.state === 'open'
  if (tab === 'flagged') return status === 'approved' && flags !== null
  return tab === 'all' || status === { held: 'pending', spam: 'spam' }[tab]
}

/** Whether approving a comment keeps what readers flagged. */
export const isKept = ({ status, flags }: QueueItem) => status === 'approved' && flags !== null

/** Whether its author took it back: nothing is left to decide. */
export const isWithdrawn = (item: QueueItem) => item.decision?.action === 'withdraw'

/** Whether an action would change anything. */
export function changes(item: QueueItem, action: Action): boolean {
  if (action === 'reject_change') return item.shown && item.status === 'pending'
  const same = item.status === statusAfter[action] && !(item.shown && action === 'approve')
  return (!same || (action === 'approve' && isKept(item))) && !isWithdrawn(item)
}

interface Deps {
  connection: Connection
  session: Session
  place: Place
  queue: Queue
  acts: UndoStack
}

/** Decides comments: shown at once, and taken back in words when the worker says otherwise. */
export const Decisions = createModel(({ connection, session, place, queue, acts }: Deps) => {
  const { list } = queue
  const undoing = new Undoing(connection, queue, place)
  /** Comments decided since the page was opened. */
  const tally = signal(0)

  async function decide(ids: string[], action: Action, reason?: string) {
    const items = list.items.peek().filter((item) => ids.includes(item.id) && changes(item, action))
    if (!items.length) return
    if (!connection.online.peek()) {
      acts.say(offlineNotice())
      return
    }
    const at = place.list.peek()
    const order = list.items.peek().map((item) => item.id)
    const leaves = !belongs(place.here.peek().tab, { status: statusAfter[action], flags: null })
    const taken = items.map((item) => item.id)
    const decided: Decided[] = []
    const sent = send(connection, requests(items, action, reason))
    const act = acts.remember({
      done: sent.then((results) => results.some((result) => 'decisionId' in result)),
      undo: () => undoing.undo(decided, at, order),
    })
    batch(() => {
      queue.deciding(taken)
      for (const id of taken) list.notes.set(id, null)
      list.cursor.clear()
      if (leaves) list.takeOut(taken)
      else if (taken.includes(list.cursor.inHand.peek() ?? '')) list.cursor.move(1)
      acts.say(sendingNotice())
    })

    const results = await sent
    batch(() => {
      queue.settled(taken)
      const here = place.list.peek() === at
      let told: Note | undefined
      let agreed: Note | undefined
      let failed = 0
      for (const item of items) {
        const result = results.find((one) => one.commentId === item.id)
        if (result && 'decisionId' in result) {
          decided.push({ item, decisionId: result.decisionId })
          if (here && !leaves) list.update({ ...item, ...stateAfter(result, action, reason) })
          continue
        }
        const note = noteOf(result, action, reason)
        const now = note.kind === 'lost' ? { ...item, ...stateOf(note) } : item
        if (note.kind === 'lost' && agrees(note, item)) {
          agreed = note
          if (here && !leaves) list.update(now)
          continue
        }
        told = note
        failed++
        if (!here) continue
        if (leaves) list.putBack(now, order)
        else list.update(now)
        list.notes.set(item.id, note)
      }
      tally.value += decided.length
      const single = items.length === 1 && told
      const did = action === 'approve' && items.every(isKept) ? 'keep' : action
      if (agreed && decided.length + failed === 0) acts.say(agreedNotice(agreed))
      else acts.say(single ? noteNotice(single) : decidedNotice(did, decided.length, failed), act)
    })
    queue.refresh()
  }

  function stateAfter(
    result: Extract<DecisionResult, { decisionId: string }>,
    action: Action,
    reason?: string,
  ) {
    const by = session.session.peek()?.moderator.name ?? ''
    const at = new Date().toISOString()
    const decision = { id: result.decisionId, action, by, byKind: 'moderator' as const, at }
    return {
      status: result.status,
      revision: result.revision,
      shown: action === 'reject_change',
      flags: null,
      decision: { ...decision, reason: reason ?? null },
    }
  }

  return {
    tally,
    decide,
    /** Decides once more what was lost or failed, on the state it has by now. */
    async again(id: string) {
      const note = list.notes.all.peek().get(id)
      if (note?.kind === 'lost' || note?.kind === 'failed') await decide([id], note.action, note.reason)
    },
    /** The comments an action is for: the selection, else the one in hand. */
    target(): string[] {
      const { selected, item } = list.cursor
      const inHand = item.peek()
      return selected.peek().size ? [...selected.peek()] : inHand ? [inHand.id] : []
    },
    /** Forgets what a row has told; a comment that belongs elsewhere by now leaves with it. */
    dismiss(id: string) {
      const item = list.items.peek().find((one) => one.id === id)
      const departed = list.notes.all.peek().get(id)?.kind === 'departed'
      if (item) list.dismiss(id, departed || !belongs(place.here.peek().tab, item))
    },
  }
})
export type Decisions = InstanceType<typeof Decisions>

function requests(items: QueueItem[], action: Action, reason?: string): DecisionRequest[] {
  return items.map(({ id, revision, status }) => {
    const request = { commentId: id, revision, status, action }
    const answer = appealAnswers.get(id)
    return { ...request, ...(reason && { reason }), ...(answer && { answer }) }
  })
}

/** Sends requests in as many calls as they need; a call that fails fails each of its comments. */
async function send(connection: Connection, all: DecisionRequest[]): Promise<DecisionResult[]> {
  const results: DecisionResult[] = []
  for (let at = 0; at < all.length; at += limits.page) {
    const body = all.slice(at, at + limits.page)
    try {
      const { data } = await connection.ask<DecisionResults>('POST', '/v1/decisions', { body })
      results.push(...data.results)
    } catch (error) {
      const told =
        error instanceof ApiError ? (error.body as DecisionResults | undefined)?.results : undefined
      results.push(...(told ?? body.map(({ commentId }) => ({ commentId, error: detailOf(error) }))))
    }
  }
  return results
}
