import { createModel, signal } from '@preact/signals'
import type { WordListMatches } from '../../../worker/contract/wordListMatches.ts'
import type { WordList } from '../../../worker/contract/wordLists.ts'
import type { BulkActs } from '../core/bulkActs.ts'
import { bulkActsOf } from '../core/bulkActs.ts'
import type { Connection } from '../core/connection.ts'
import { type Desk, modelOf } from '../desk.ts'

/** Pages of comments that are looked through. */
const mostPages = 10

/** As many comments as one act takes by their ids. */
const mostTogether = 100

interface Found {
  site: string
  ids: string[]
}

/** The comments that wait and that a saved list has words of. */
export const WaitingMatches = createModel((connection: Connection, bulk: BulkActs) => {
  const found = signal<Partial<Record<WordList, Found>>>({})

  function forget(list: WordList) {
    const { [list]: _, ...others } = found.peek()
    found.value = others
  }

  async function look(site: string, list: WordList) {
    forget(list)
    const path = `/v1/sites/${encodeURIComponent(site)}/word-lists/${list}/matches`
    const ids: string[] = []
    try {
      let next: string | null = ''
      for (let page = 0; page < mostPages && next !== null; page++) {
        const query: string = next && `?cursor=${next}`
        const { data } = await connection.ask<WordListMatches>('GET', path + query)
        ids.push(...data.items.map(({ commentId }) => commentId))
        next = data.next
      }
      found.value = { ...found.peek(), [list]: { site, ids } }
    } catch {
      // The list is saved all the same; nothing is offered.
    }
  }

  return {
    found,
    busy: bulk.busy,
    forget,
    /** Looks for what lists that were saved have words of. */
    lookAll(site: string, lists: Partial<Record<WordList, string[]>> = {}) {
      for (const list of Object.keys(lists) as WordList[]) look(site, list)
    },
    /** Marks what was found as spam, as one act. */
    async spam(list: WordList) {
      const { site, ids } = found.peek()[list] ?? { site: '', ids: [] }
      const some = ids.slice(0, mostTogether)
      const done = await bulk.start({ filter: { tab: 'held', site, ids: some.join() }, action: 'spam' })
      if (done) found.value = { ...found.peek(), [list]: { site, ids: ids.slice(mostTogether) } }
    },
  }
})
export type WaitingMatches = InstanceType<typeof WaitingMatches>

/** Those of a desk. */
export const waitingMatchesOf = (desk: Desk) => new WaitingMatches(desk.connection, modelOf(desk, bulkActsOf))
