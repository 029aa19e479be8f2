import { createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { readableKey } from '../../../worker/contract/readableKey.ts'
import type { CheckedMove, ThreadMove } from '../../../worker/contract/threadMoves.ts'
import { detailOf } from '../core/connection.ts'
import { doneNotice, failedNotice, sendingNotice, undoingNotice } from '../core/notices.ts'
import { performMove } from '../core/threadMoves.ts'
import type { Notice } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import { type Desk, modelOf } from '../desk.ts'
import { records } from '../ui/records.ts'
import { redirectsOf } from './redirects.ts'

const failed = (reason: unknown) =>
  failedNotice((told) => formatMessage(words('thread').failed, { error: told }), detailOf(reason))

/** The moves there were, the latest first, moving more, and taking them back. */
const Moves = createModel((desk: Desk) => {
  const { connection, acts } = desk
  const redirects = modelOf(desk, redirectsOf)
  const list = records<ThreadMove>(connection, '/v1/thread-moves')
  let query = ''
  /** How many of those that move together have moved. */
  const progress = signal<{ done: number; all: number } | null>(null)
  /** What went wrong with which, by its former key. */
  const problem = signal<{ from: string; error: ErrorDetail } | null>(null)

  /** Has what is shown be true again. */
  const refresh = (site: string) => Promise.all([list.load(query), redirects.again(site)]).catch(() => {})

  /** Moves pages one by one, until one can't. @returns how it went; `moved` gets those that did */
  async function moveEach(site: string, pairs: CheckedMove[], moved: ThreadMove[]): Promise<Notice> {
    problem.value = null
    let notice: Notice | null = null
    for (const { from, to } of pairs) {
      progress.value = { done: moved.length, all: pairs.length }
      try {
        const body = { id: crypto.randomUUID(), site, from, to }
        moved.push(await performMove(connection, { method: 'POST', path: '/v1/thread-moves', body }))
        redirects.moves.value = redirects.moves.peek().filter((one) => one.from !== from)
      } catch (reason) {
        problem.value = { from, error: detailOf(reason) }
        notice = failed(reason)
        break
      }
    }
    progress.value = null
    await refresh(site)
    const [first] = moved
    if (!first) return notice ?? doneNotice(() => words('moves').none)
    const w = () => words('thread').move
    return moved.length === 1
      ? doneNotice(() => formatMessage(first.merged ? w().merged : w().moved, { to: readableKey(first.to) }))
      : doneNotice(() => formatMessage(words('moves').allMoved, { count: moved.length }))
  }

  /** Takes moves back, the latest first. */
  async function takeBack(site: string, moved: ThreadMove[]): Promise<Notice> {
    let notice: Notice | null = null
    for (const { id } of [...moved].reverse())
      try {
        await performMove(connection, { method: 'DELETE', path: `/v1/thread-moves/${id}` })
      } catch (reason) {
        notice = failed(reason)
        break
      }
    await refresh(site)
    const [first] = moved
    if (notice) return notice
    return moved.length === 1 && first
      ? doneNotice(() => formatMessage(words('thread').move.back, { from: readableKey(first.from) }))
      : doneNotice(() => formatMessage(words('moves').allBack, { count: moved.length }))
  }

  return {
    list: {
      ...list,
      load(asked = '') {
        query = asked
        return list.load(asked)
      },
    },
    progress,
    problem,
    /** Moves pages to where they lead; one undo takes all of them back. */
    async move(site: string, pairs: CheckedMove[]) {
      const moved: ThreadMove[] = []
      await acts.perform(
        sendingNotice(),
        () => moveEach(site, pairs, moved),
        () => takeBack(site, moved),
      )
    },
    /** Takes a move of the list back. */
    async undo(move: ThreadMove) {
      acts.say(undoingNotice())
      acts.say(await takeBack(move.site, [move]))
    },
  }
})

/** A desk's moves of pages. */
export const movesOf = (desk: Desk) => new Moves(desk)
