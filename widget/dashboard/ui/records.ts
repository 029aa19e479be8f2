import { batch, effect, signal, untracked } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import { type Connection, detailOf } from '../core/connection.ts'

/** A list that is read a page at a time: audit log, bans, sites, tokens. */
export function records<Item, Read extends Page<Item> = Page<Item>>(connection: Connection, path: string) {
  const items = signal<Item[]>([])
  const next = signal<string | null>(null)
  const last = signal<Read | null>(null)
  let asked = ''
  /** What was asked for to get what is listed. */
  let listed = ''
  let turn = 0
  const phase = signal<'loading' | 'ready' | 'failed'>('loading')
  const error = signal<ErrorDetail | null>(null)

  async function read(before: Item[], query = asked) {
    const mine = ++turn
    const wanted = asked
    phase.value = 'loading'
    try {
      const { data } = await connection.ask<Read>('GET', `${path}${query}`)
      if (mine !== turn) return
      listed = wanted
      batch(() => {
        items.value = [...before, ...data.items]
        next.value = data.next
        last.value = data
        phase.value = 'ready'
      })
    } catch (reason) {
      if (mine !== turn) return
      batch(() => {
        if (listed !== wanted) {
          items.value = []
          next.value = null
          last.value = null
        }
        error.value = detailOf(reason)
        phase.value = 'failed'
      })
    }
  }

  // What could not be read for want of a connection is read when it is back.
  effect(() => {
    if (connection.online.value) untracked(() => phase.peek() === 'failed' && read([]))
  })

  return {
    items,
    next,
    phase,
    error,
    /** The page that was read last. */
    last,
    /** Reads from the start; what is shown stays until the answer is here, or is known not to come. */
    load(query = '') {
      asked = query
      return read([])
    },
    more() {
      const cursor = `cursor=${encodeURIComponent(next.peek() ?? '')}`
      return read(items.peek(), asked ? `${asked}&${cursor}` : `?${cursor}`)
    },
  }
}
