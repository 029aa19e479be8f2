import { batch, createModel, effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { QueuePage } from '../../../worker/contract/queue.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import type { Place } from '../core/location.ts'
import { hearReasons } from '../core/reasons.ts'
import { InFlight } from './inFlight.ts'
import { List } from './list.ts'

const pageSize = 50
const biggestPage = 100

/** Loads the list of the place we are at and keeps it true. */
export const Queue = createModel(
  (connection: Connection, place: Place, signedIn: ReadonlySignal<boolean>) => {
    const inFlight = new InFlight()
    const list = new List(connection, inFlight)
    const phase = signal<'loading' | 'ready' | 'failed'>('loading')
    const error = signal<ErrorDetail | null>(null)
    const loadingMore = signal(false)
    /** Comments that readers reported and nobody answered; null until it is known. */
    const reported = signal<number | null>(null)
    /** The query the list on screen is the answer to. */
    let shown = ''
    let etag: string | undefined
    let refreshing = false

    async function ask(query: string, call = {}) {
      const answer = await connection.ask<QueuePage>('GET', `/v1/queue?${query}`, call)
      hearReasons(answer.data?.reasons)
      if (answer.data) reported.value = answer.data.reported
      return answer
    }

    /** Which of these comments are held as before. */
    async function waitingStill(ids: string[]): Promise<string[]> {
      if (ids.length === 0) return ids
      const { data } = await ask(`tab=held&ids=${ids.join()}&limit=${biggestPage}`)
      return data.items.map(({ id }) => id)
    }

    async function load() {
      const query = place.list.peek()
      const here = place.here.peek()
      shown = query
      etag = undefined
      batch(() => {
        phase.value = 'loading'
        error.value = null
        list.begin(here, null)
      })
      try {
        const answer = await ask(`${query}&limit=${pageSize}`)
        if (shown !== query) return
        etag = answer.etag
        batch(() => {
          phase.value = 'ready'
          list.begin(here, answer.data)
        })
      } catch (reason) {
        if (shown !== query) return
        error.value = detailOf(reason)
        phase.value = 'failed'
      }
    }

    async function refresh() {
      if (refreshing || !signedIn.peek() || phase.peek() === 'loading') return
      if (phase.peek() === 'failed') return load()
      refreshing = true
      const query = shown
      const setOut = inFlight.setOut()
      const limit = Math.min(Math.max(list.items.peek().length, pageSize), biggestPage)
      try {
        list.sweep()
        const answer = await ask(`${query}&limit=${limit}`, { etag })
        if (shown !== query || answer.status === 304) return
        const staying = await waitingStill(list.doubtful(answer.data))
        if (shown !== query) return
        etag = list.receive(answer.data, setOut, staying) ? answer.etag : undefined
      } catch {
        // The connection tells: what is on screen stays and the next refresh tries again.
      } finally {
        refreshing = false
      }
    }

    effect(() => {
      const query = place.list.value
      if (signedIn.value) untracked(() => (query === shown && phase.value === 'ready' ? refresh() : load()))
    })

    async function more() {
      const query = shown
      const cursor = list.next.peek()
      if (!cursor || loadingMore.peek()) return
      loadingMore.value = true
      try {
        const { data } = await ask(`${query}&limit=${pageSize}&cursor=${encodeURIComponent(cursor)}`)
        if (shown === query) list.append(data)
      } catch {
        // The button stays and can be pressed again.
      } finally {
        loadingMore.value = false
      }
    }

    // Who clears what is listed goes on with what follows.
    effect(() => {
      if (phase.value === 'ready' && list.empty.value && list.next.value) untracked(more)
    })

    return {
      list,
      phase,
      error,
      loadingMore,
      reported,
      load,
      refresh,
      more,
      /** Comments are being decided: until `settled`, no answer may contradict what is shown. */
      deciding(ids: string[]) {
        inFlight.depart(ids)
      },
      settled(ids: string[]) {
        inFlight.land(ids)
        etag = undefined
      },
    }
  },
)
export type Queue = InstanceType<typeof Queue>
