import { batch, computed, createModel, effect, signal } from '@preact/signals'
import type { Action, DecisionResult, DecisionResults } from '../../../worker/contract/decisions.ts'
import type { FlaggedComment, FlaggedPage, MutedReporter } from '../../../worker/contract/flags.ts'
import { ApiError } from '../../common/api.ts'
import { detailOf } from '../core/connection.ts'
import type { Whereabouts } from '../core/location.ts'
import { muting } from '../core/muting.ts'
import {
  decidedNotice,
  doneNotice,
  failedNotice,
  noteNotice,
  offlineNotice,
  sendingNotice,
} from '../core/notices.ts'
import { hearReasons } from '../core/reasons.ts'
import type { Notice } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'
import { records } from '../ui/records.ts'

/** What is asked of the list at a place. */
export function reportsQuery({ site, reason, order }: Whereabouts): string {
  const params = new URLSearchParams()
  if (site) params.set('site', site)
  if (reason) params.set('reason', reason)
  if (order === 'most') params.set('sort', order)
  return `?${params}`
}

/** Where a comment was: in which list, and at which line of it. */
interface Spot {
  query: string
  index: number
}

/** Comments that readers reported, which of them is in hand, and what is decided of it. */
export const Reports = createModel(({ connection, acts, queue, place: { here } }: Desk) => {
  const list = records<FlaggedComment, FlaggedPage>(connection, '/v1/flags')
  effect(() => hearReasons(list.last.value?.reasons))
  const taken = signal<string | null>(null)
  /** Whether a reason is being chosen for refusing the comment in hand. */
  const choosing = signal(false)
  /** How often somebody was muted here, or muted no more: both lists are others then. */
  const mutings = signal(0)
  const at = (id: string | null) => list.items.value.findIndex(({ comment }) => comment.id === id)
  const item = computed(() => list.items.value[Math.max(0, at(taken.value))] ?? null)

  function take(id: string) {
    if (item.peek()?.comment.id === id) return
    choosing.value = false
    taken.value = id
  }

  /** Takes the comment after the one in hand, or before it. @returns whether there is one */
  function move(by: number): boolean {
    const next = list.items.peek()[at(item.peek()?.comment.id ?? null) + by]
    if (next) take(next.comment.id)
    return next !== undefined
  }

  /** Takes a comment off the list; the one after it is in hand then. */
  function takeOut({ comment: { id } }: FlaggedComment): Spot {
    const index = at(id)
    const next = list.items.peek()[index + 1] ?? list.items.peek()[index - 1]
    batch(() => {
      if (item.peek()?.comment.id === id) taken.value = next?.comment.id ?? null
      choosing.value = false
      list.items.value = list.items.peek().filter(({ comment }) => comment.id !== id)
    })
    return { query: reportsQuery(here.peek()), index }
  }

  /** Puts a comment back where it was; where another list is on screen by now, that one is read again. */
  function putBack(one: FlaggedComment, { query, index }: Spot) {
    const now = reportsQuery(here.peek())
    if (query !== now) {
      if (here.peek().page === 'reports') list.load(now)
      return
    }
    const rest = list.items.peek().filter(({ comment }) => comment.id !== one.comment.id)
    batch(() => {
      list.items.value = rest.toSpliced(index, 0, one)
      taken.value = one.comment.id
    })
  }

  async function undo(decisionId: string, one: FlaggedComment, spot: Spot): Promise<Notice> {
    try {
      await connection.ask('DELETE', `/v1/decisions/${decisionId}`)
    } catch (reason) {
      return failedNotice((told) => formatMessage(words().notUndone, { error: told }), detailOf(reason))
    }
    putBack(one, spot)
    queue.refresh()
    return doneNotice(() => formatMessage(words().undone, { count: 1 }))
  }

  return {
    list,
    item,
    choosing,
    mutings,
    take,
    move,
    /** Decides a comment: it leaves at once, and comes back where that fails or is undone. */
    async decide(one: FlaggedComment, action: Action, reason?: string) {
      if (!connection.online.peek()) return acts.say(offlineNotice())
      const { comment } = one
      const { id, revision, status } = comment
      const spot = takeOut(one)
      const request = { commentId: id, revision, status, action, ...(reason && { reason }) }
      const sent = send(connection, request)
      const act = acts.remember({
        done: sent.then((result) => 'decisionId' in result),
        undo: async () => {
          const result = await sent
          return undo('decisionId' in result ? result.decisionId : '', one, spot)
        },
      })
      acts.say(sendingNotice())
      const result = await sent
      if ('decisionId' in result) acts.say(decidedNotice(action === 'approve' ? 'keep' : action, 1, 0), act)
      else {
        const present = 'present' in result ? result.present : undefined
        if (!present) putBack(one, spot)
        acts.say(
          noteNotice(
            present
              ? { kind: 'lost', present, action, reason }
              : { kind: 'failed', error: result.error, action, reason },
          ),
        )
      }
      queue.refresh()
    },
    /** Has the reports of somebody count nowhere, or count again. */
    mute: muting({
      connection,
      acts,
      changed() {
        mutings.value++
        queue.refresh()
      },
    }),
  }
})
export type Reports = InstanceType<typeof Reports>

/** The reports of a desk. */
export const reportsOf = (desk: Desk) => new Reports(desk)

/** Those who are muted, on the sites of a desk. */
export const mutedOf = ({ connection }: Desk) => records<MutedReporter>(connection, '/v1/muted-reporters')

/** What came of one decision. */
async function send(connection: Desk['connection'], request: object): Promise<DecisionResult> {
  try {
    const { data } = await connection.ask<DecisionResults>('POST', '/v1/decisions', { body: [request] })
    return data.results[0] as DecisionResult
  } catch (error) {
    const told = error instanceof ApiError ? (error.body as DecisionResults | undefined)?.results : undefined
    return told?.[0] ?? { commentId: '', error: detailOf(error) }
  }
}
