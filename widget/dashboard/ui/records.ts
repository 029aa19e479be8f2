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
  let shown = 0
  const phase = signal<'loading' | 'ready' | 'failed'>('loading')
  const error = signal<ErrorDetail | null>(null)

  async function read(query: string, before: Item[]) {
    phase.value = 'loading'
    try {
      const turn = ++shown
      const { data } = await connection.ask<Read>('GET', `${path}${query}`)
      if (turn !== shown) return
      batch(() => {
        items.value = [...before, ...data.items]
        next.value = data.next
        last.value = data
        phase.value = 'ready'
      })
    } catch (reason) {
      batch(() => {
        error.value = detailOf(reason)
        phase.value = 'failed'
      })
    }
  }

  // What could not be read for want of a connection is read when it is back.
  effect(() => {
    if (connection.online.value) untracked(() => phase.peek() === 'failed' && read(asked, []))
  })

  return {
    items,
    next,
    phase,
    error,
    /** The page that was read last. */
    last,
    /** Reads from the start; what is shown stays until the answer is here. */
    load(query = '') {
      asked = query
      return read(query, [])
    },
    more() {
      const cursor = `cursor=${encodeURIComponent(next.peek() ?? '')}`
      return read(asked ? `${asked}&${cursor}` : `?${cursor}`, items.peek())
    },
  }
}
