import { batch, signal } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import { type Connection, detailOf } from '../core/connection.ts'

/** A list that is read a page at a time: audit log, bans, sites, tokens. */
export function records<Item>(connection: Connection, path: string) {
  const items = signal<Item[]>([])
  const next = signal<string | null>(null)
  const phase = signal<'loading' | 'ready' | 'failed'>('loading')
  const error = signal<ErrorDetail | null>(null)

  async function read(query: string, before: Item[]) {
    phase.value = 'loading'
    try {
      const { data } = await connection.ask<Page<Item>>('GET', `${path}${query}`)
      batch(() => {
        items.value = [...before, ...data.items]
        next.value = data.next
        phase.value = 'ready'
      })
    } catch (reason) {
      batch(() => {
        error.value = detailOf(reason)
        phase.value = 'failed'
      })
    }
  }

  return {
    items,
    next,
    phase,
    error,
    /** Reads from the start; what is shown stays until the answer is here. */
    load: (query = '') => read(query, []),
    more: () => read(`?cursor=${encodeURIComponent(next.peek() ?? '')}`, items.peek()),
  }
}
