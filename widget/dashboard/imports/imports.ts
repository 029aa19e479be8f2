import { createModel, effect, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { ImportView } from '../../../worker/contract/imports.ts'
import { detailOf } from '../core/connection.ts'
import { doneNotice, failedNotice } from '../core/notices.ts'
import type { Notice } from '../core/undoStack.ts'
import { formatMessage, words } from '../core/words.ts'
import type { Desk } from '../desk.ts'
import { records } from '../ui/records.ts'

/** Milliseconds between two looks at imports that are at work. */
const pace = 1_000

const of = (id: string) => `/v1/imports/${encodeURIComponent(id)}`

/** The imports there were, the latest first, and taking them back. */
const Imports = createModel(({ connection, acts }: Desk) => {
  const list = records<ImportView>(connection, '/v1/imports')
  let query = ''
  /** Rises with each that was taken back. */
  const takenBack = signal(0)
  /** What went wrong with which. */
  const problem = signal<{ id: string; error: ErrorDetail } | null>(null)

  function put(one: ImportView) {
    list.items.value = list.items.peek().map((item) => (item.id === one.id ? one : item))
  }

  const read = async (id: string) => (await connection.ask<ImportView>('GET', of(id))).data

  // Those that are being taken back are looked at until they are.
  effect(() => {
    const undoing = list.items.value.filter(({ state }) => state === 'undoing')
    if (undoing.length === 0) return
    const timer = setTimeout(async () => {
      for (const { id } of undoing) await read(id).then(put, () => put({ ...(undoing[0] as ImportView) }))
    }, pace)
    return () => clearTimeout(timer)
  })

  /** @returns how it went, once it is done */
  async function takeBack(id: string): Promise<Notice> {
    problem.value = null
    try {
      let { data: now } = await connection.ask<ImportView>('DELETE', of(id))
      put(now)
      while (now.state === 'undoing') {
        await new Promise((resolve) => setTimeout(resolve, pace))
        now = await read(id)
        put(now)
      }
      // What later comments answer stays without its words: it is taken back, too.
      const { added: count } = now
      takenBack.value++
      return doneNotice(() => formatMessage(words('imports').takenBack, { count }))
    } catch (reason) {
      const error = detailOf(reason)
      problem.value = { id, error }
      return failedNotice((told) => formatMessage(words('imports').notTakenBack, { error: told }), error)
    }
  }

  return {
    list: {
      ...list,
      load(asked = '') {
        query = asked
        return list.load(asked)
      },
    },
    problem,
    takenBack,
    refresh: () => list.load(query),
    /** Takes a whole import back, and says how that went. */
    async takeBack(id: string) {
      acts.say(await takeBack(id))
    },
    /** Says that all of an import came, and lets that be undone. */
    tellEnded({ id, added: count }: ImportView) {
      const act = acts.remember({ done: Promise.resolve(true), undo: () => takeBack(id) })
      acts.say(
        doneNotice(() => formatMessage(words('imports').imported, { count }), true),
        act,
      )
    },
  }
})

/** A desk's imports. */
export const importsOf = (desk: Desk) => new Imports(desk)
