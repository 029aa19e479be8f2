import { createModel, signal } from '@preact/signals'
import { canonicalKey } from '../../../worker/contract/canonicalKey.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Page } from '../../../worker/contract/page.ts'
import type { PageState } from '../../../worker/contract/pageChecks.ts'
import { type CheckedMove, mostMovesChecked } from '../../../worker/contract/threadMoves.ts'
import { detailOf } from '../core/connection.ts'
import { isThere, livePages } from '../core/livePages.ts'
import type { Desk } from '../desk.ts'

/** A thread as the list of a site's threads has it. */
interface Listed {
  key: string
  url: string
  title: string
}

/** A page that is not where it was, and moves nowhere: it is gone, or leads to what is no page of its own. */
export interface Stray extends Listed {
  state: PageState | 'front'
  to: string | null
  detail: string | null
}

/** What the site says of the pages that have threads. */
export interface Report {
  pages: number
  found: number
  strays: Stray[]
  /** Pages whose address is not known. */
  unasked: number
}

/** The pages of a site that lead to others of it by now, as the site itself says. */
const Redirects = createModel(({ connection }: Desk) => {
  const report = signal<Report | null>(null)
  /** What moves would come to, of those that are still to be done. */
  const moves = signal<CheckedMove[]>([])
  const progress = signal<{ done: number; all: number } | null>(null)
  const error = signal<ErrorDetail | null>(null)
  let calling = new AbortController()
  let site = ''

  async function threads(signal: AbortSignal): Promise<Listed[]> {
    const all: Listed[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `/v1/threads?${new URLSearchParams({ site, cursor })}`
      const page: Page<Listed> = (await connection.ask<Page<Listed>>('GET', path, { signal })).data
      all.push(...page.items)
      cursor = page.next
    }
    return all
  }

  /** What moves would come to; what cannot move is left out. */
  async function examine(pairs: { from: string; to: string }[], signal?: AbortSignal) {
    const found: CheckedMove[] = []
    for (let at = 0; at < pairs.length; at += mostMovesChecked) {
      const body = { site, moves: pairs.slice(at, at + mostMovesChecked) }
      const { data } = await connection.ask<{ items: CheckedMove[] }>('POST', '/v1/thread-move-checks', {
        body,
        ...(signal && { signal }),
      })
      found.push(...data.items.filter(({ outcome }) => outcome === 'move' || outcome === 'merge'))
    }
    return found
  }

  async function look(signal: AbortSignal) {
    const all = await threads(signal)
    progress.value = { done: 0, all: all.length }
    const live = livePages(connection, site, signal)
    const named = await live.keysOfSitemaps()
    const rest = all.filter(({ key }) => !named.has(key))
    const asked = rest.filter(({ url }) => url !== '')
    let found = all.length - rest.length
    const strays: Stray[] = []
    const pairs: { from: string; to: string }[] = []
    for await (const answers of live.answers(asked)) {
      for (const [thread, item] of answers) {
        const { state, to, detail } = item
        if (isThere(item, thread.key)) found++
        else if (state !== 'moved' || to === null) strays.push({ ...thread, state, to, detail })
        // So do many sites with pages that are gone.
        else if (canonicalKey(to) === '/') strays.push({ ...thread, state: 'front', to: null, detail })
        else pairs.push({ from: thread.key, to })
      }
      progress.value = { done: found + strays.length + pairs.length, all: all.length }
    }
    moves.value = await examine(pairs, signal)
    report.value = { pages: all.length, found, strays, unasked: rest.length - asked.length }
  }

  const cancel = () => {
    calling.abort()
    progress.value = null
  }

  return {
    report,
    moves,
    progress,
    error,
    cancel,
    /** Asks where the pages of a site lead: those with a thread that its sitemaps do not name. */
    async look(ofSite: string) {
      calling.abort()
      calling = new AbortController()
      const { signal } = calling
      site = ofSite
      report.value = null
      moves.value = []
      error.value = null
      progress.value = { done: 0, all: 1 }
      try {
        await look(signal)
      } catch (reason) {
        if (!signal.aborted) error.value = detailOf(reason)
      } finally {
        if (!signal.aborted) progress.value = null
      }
    },
    /** Looks again at what moves to a place would come to: one has moved there, or back. */
    async again(ofSite: string) {
      if (ofSite !== site || moves.peek().length === 0) return
      const { signal } = calling
      const now = await examine(moves.peek().map(({ from, to }) => ({ from, to })))
      if (!signal.aborted && ofSite === site) moves.value = now
    },
    forget() {
      cancel()
      report.value = null
      moves.value = []
      error.value = null
    },
  }
})

/** What a desk knows of pages that redirect. */
export const redirectsOf = (desk: Desk) => new Redirects(desk)
