import { batch, createModel, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { StaffThread, ThreadChange } from '../../../worker/contract/staffThread.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import { doneNotice, failedNotice, sendingNotice } from '../core/notices.ts'
import type { Notice, UndoStack } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'

interface Deps {
  connection: Connection
  acts: UndoStack
}

/** A request, and what is said once it is done. */
interface Step {
  method: 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
  said: () => string
}

/** How one thread stands, and what staff does to it; each act can be taken back. */
export const Thread = createModel(({ connection, acts }: Deps, id: string) => {
  const found = signal<StaffThread | null>(null)
  const error = signal<ErrorDetail | null>(null)
  const asked = `/v1/threads/${encodeURIComponent(id)}`
  /** By its own number: it may have gone into another thread. */
  const path = () => `/v1/threads/${found.peek()?.id}`

  async function load() {
    try {
      const { data } = await connection.ask<StaffThread>('GET', asked)
      batch(() => {
        found.value = data
        error.value = null
      })
    } catch (reason) {
      error.value = detailOf(reason)
    }
  }

  async function send({ method, path, body, said }: Step): Promise<Notice> {
    try {
      await connection.ask(method, path, { body })
    } catch (reason) {
      return failedNotice((told) => formatMessage(words('thread').failed, { error: told }), detailOf(reason))
    }
    await load()
    return doneNotice(said)
  }

  /** Does something that can be taken back. @returns whether it was done */
  const act = (there: Step, back: Step): Promise<boolean> =>
    acts.perform(
      sendingNotice(),
      () => send(there),
      () => send(back),
    )

  const switching = (noun: 'closure' | 'check', on: boolean): Step => ({
    ...{ method: on ? 'POST' : 'DELETE', path: `${path()}/${noun}` },
    said: () => words('thread').said[noun][on ? 'on' : 'off'],
  })
  const setting = (body: ThreadChange): Step => ({
    ...{ method: 'PATCH', path: path(), body },
    said: () => words('thread').said.set,
  })
  const pinning = (comment: string, on: boolean): Step => ({
    ...{ method: on ? 'PUT' : 'DELETE', path: `/v1/comments/${comment}/pin` },
    said: () => words().pin[on ? 'pinned' : 'unpinned'],
  })
  const naming = (title: string | null): Step => ({
    ...{ method: 'PUT', path: `${path()}/title`, body: { title } },
    said: () =>
      title === null
        ? words('context').naming.unnamed
        : formatMessage(words('context').naming.named, { title }),
  })

  return {
    found,
    error,
    load,
    /** Closes the thread or has all its comments checked; or takes that back. */
    toggle: (noun: 'closure' | 'check', on: boolean) => act(switching(noun, on), switching(noun, !on)),
    /** Sets how fast it takes comments, and when it closes by itself. */
    set(change: Required<ThreadChange>) {
      const { slowSeconds = 0, closeAfterDays = null } = found.peek() ?? {}
      return act(setting(change), setting({ slowSeconds, closeAfterDays }))
    },
    unpin: (comment: string) => act(pinning(comment, false), pinning(comment, true)),
    /** Calls its page by a title; an empty one has its comments name it. */
    rename(typed: string) {
      const [title, before] = [typed.trim() || null, found.peek()?.givenTitle ?? null]
      return title === before ? Promise.resolve(false) : act(naming(title), naming(before))
    },
  }
})
export type Thread = InstanceType<typeof Thread>
