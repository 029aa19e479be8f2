import { batch, createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import type { NewReply, Published } from '../../../worker/contract/replies.ts'
import { detailOf } from '../core/connection.ts'
import { doneNotice, failedNotice, offlineNotice, sendingNotice, undoneNotice } from '../core/notices.ts'
import type { Notice } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'
import { belongs } from '../queue/decisions.ts'
import { Undoing } from '../queue/undoing.ts'
import { type Draft, keepDraft } from './drafts.ts'

type Sent = { published: Published } | { error: ErrorDetail }

/** Where an answer was given: the list with its order, and the comment as it was. */
interface Given {
  item: QueueItem
  at: string
  order: string[]
}

/** Answers comments of the queue as the one who sits at the desk. */
export const Answers = createModel((desk: Desk) => {
  const { connection, queue, place, acts, decisions, session } = desk
  const { list } = queue
  const undoing = new Undoing(connection, queue, place)
  /** Why the latest answer was not taken, and whom it was to. */
  const problem = signal<{ commentId: string; error: ErrorDetail } | null>(null)

  async function post({ id, revision }: QueueItem, draft: Draft, approve: boolean): Promise<Sent> {
    const body: NewReply = { ...draft, approve, revision }
    try {
      return {
        published: (await connection.ask<Published>('POST', `/v1/comments/${id}/replies`, { body })).data,
      }
    } catch (error) {
      return { error: detailOf(error) }
    }
  }

  /** Takes an answer back, and the approval that came with it; the text is a draft again. */
  async function takeBack(
    { published }: { published: Published },
    draft: Draft,
    given: Given,
  ): Promise<Notice> {
    const { item, at, order } = given
    try {
      await connection.ask('DELETE', `/v1/decisions/${published.decisionId}`)
    } catch (error) {
      return failedNotice((told) => formatMessage(words().notUndone, { error: told }), detailOf(error))
    }
    keepDraft(item.id, { ...draft, id: crypto.randomUUID() })
    if (published.approvalId !== null)
      return undoing.undo([{ item, decisionId: published.approvalId }], at, order)
    if (place.list.peek() === at) list.cursor.take(item.id)
    return undoneNotice(1, 0, null)
  }

  function approved(item: QueueItem, id: string | null): QueueItem {
    const by = session.session.peek()?.moderator.name ?? ''
    const decision = { by, byKind: 'moderator' as const, reason: null, at: new Date().toISOString() }
    const state = { status: 'approved' as const, flags: null, shown: false }
    return id === null ? item : { ...item, ...state, decision: { ...decision, id, action: 'approve' } }
  }

  return {
    problem,
    /** Sends an answer, and goes on to the next comment. Where it is not taken, its form opens again. */
    async send(item: QueueItem, draft: Draft, approve: boolean) {
      if (!connection.online.peek()) return acts.say(offlineNotice())
      const given = { item, at: place.list.peek(), order: list.items.peek().map(({ id }) => id) }
      const leaves = approve && !belongs(place.here.peek().tab, { status: 'approved', flags: null })
      const sent = post(item, draft, approve)
      const act = acts.remember({
        done: sent.then((result) => 'published' in result),
        undo: async () => takeBack((await sent) as { published: Published }, draft, given),
      })
      batch(() => {
        problem.value = null
        queue.deciding([item.id])
        list.notes.set(item.id, null)
        list.cursor.answering.value = false
        if (leaves) list.takeOut([item.id])
        else list.cursor.move(1)
        acts.say(sendingNotice())
      })
      const result = await sent
      batch(() => {
        queue.settled([item.id])
        const here = place.list.peek() === given.at
        if ('published' in result) {
          const { approvalId } = result.published
          keepDraft(item.id, { ...draft, body: '' })
          if (approvalId !== null) decisions.tally.value++
          if (here && !leaves) list.update(approved(item, approvalId))
          acts.say(
            doneNotice(() => (approvalId === null ? words('answer').sent : words('answer').sentBoth), true),
            act,
          )
          return
        }
        problem.value = { commentId: item.id, error: result.error }
        if (here && leaves) list.putBack(item, given.order)
        if (here) {
          list.cursor.take(item.id)
          list.cursor.answering.value = true
        }
        acts.say(
          failedNotice((told) => formatMessage(words('answer').notSent, { error: told }), result.error),
        )
      })
      queue.refresh()
    },
  }
})
export type Answers = InstanceType<typeof Answers>

/** The answers of a desk. */
export const answersOf = (desk: Desk) => new Answers(desk)
