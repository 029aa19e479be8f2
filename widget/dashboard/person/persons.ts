import { batch, createModel, signal } from '@preact/signals'
import type { Erasure } from '../../../worker/contract/erasures.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import { type Sought, soughtBy } from '../../../worker/contract/personSought.ts'
import type { FoundAuthor, Person } from '../../../worker/contract/persons.ts'
import type { Quotes } from '../../../worker/contract/quotes.ts'
import { type AuthorFile, everythingOf, jsonBlob, save, textOf } from '../core/authorFile.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import type { Desk } from '../desk.ts'

/** Authors of one token: they are one person. */
export type Browser = [FoundAuthor, ...FoundAuthor[]]

/** Milliseconds between two looks at an erasure that is at work. */
const pace = 600

/** Who somebody may be: looked for, chosen among, handed over and erased. */
export const Persons = createModel((connection: Connection) => {
  const browsers = signal<Browser[]>([])
  /** Ids of the first author of each browser that is the person's. */
  const chosen = signal<string[]>([])
  const last = signal<Person | null>(null)
  const phase = signal<'idle' | 'loading' | 'ready' | 'failed'>('idle')
  const error = signal<ErrorDetail | null>(null)
  /** Comments that came for a file that is being put together; null while there is none. */
  const gathered = signal<number | null>(null)
  /** How far each erasure is, by the first author of its browser. */
  const erasures = signal<Map<string, Erasure>>(new Map())
  /** Comments of others that quote the chosen; null until they are looked for. */
  const quotes = signal<Quotes | null>(null)
  const busy = signal(false)
  const failure = signal<ErrorDetail | null>(null)
  let asked: Sought | { author: string } | null = null
  let turn = 0

  async function ask(before: Browser[], cursor?: string) {
    const mine = ++turn
    phase.value = 'loading'
    try {
      const body = { ...asked, ...(cursor && { cursor }) }
      const { data } = await connection.ask<Person>('POST', '/v1/persons/searches', { body })
      if (mine !== turn) return
      const known = new Set(before.flat().map(({ id }) => id))
      const found = [...new Set(data.authors.map(({ browser }) => browser))].map(
        (number) => data.authors.filter(({ browser }) => browser === number) as Browser,
      )
      batch(() => {
        browsers.value = [...before, ...found.filter(([first]) => !known.has(first.id))]
        last.value = data
        phase.value = 'ready'
      })
    } catch (reason) {
      if (mine !== turn) return
      batch(() => {
        browsers.value = before
        last.value = null
        error.value = detailOf(reason)
        phase.value = 'failed'
      })
    }
  }

  function find(what: Sought | { author: string }) {
    asked = what
    batch(() => {
      chosen.value = []
      erasures.value = new Map()
      failure.value = null
      quotes.value = null
      browsers.value = []
    })
    return ask([])
  }

  const theirs = () => browsers.peek().filter(([first]) => chosen.peek().includes(first.id))

  async function attempt(work: () => Promise<void>) {
    failure.value = null
    busy.value = true
    try {
      await work()
    } catch (reason) {
      failure.value = detailOf(reason)
    }
    busy.value = false
    gathered.value = null
  }

  const note = (id: string, erasure: Erasure) => {
    erasures.value = new Map(erasures.peek()).set(id, erasure)
  }

  return {
    ...{ browsers, chosen, last, phase, error, gathered, erasures, quotes, busy, failure },
    /** Looks for somebody by what was typed. */
    search: (typed: string) => find(soughtBy(typed)),
    /** Looks for all whom the addresses of an author lead to. */
    around: (author: string) => find({ author }),
    /** Looks further back for a name. */
    more: () => ask(browsers.peek(), last.peek()?.next ?? undefined),
    choose(id: string, on: boolean) {
      chosen.value = on ? [...chosen.peek(), id] : chosen.peek().filter((one) => one !== id)
    },
    /** Saves all that is kept of the chosen as one file. */
    download: (name: string) =>
      attempt(async () => {
        const authors: AuthorFile[] = []
        for (const { id } of theirs().flat()) {
          const before = authors.reduce((sum, { items }) => sum + items.length, 0)
          authors.push(
            await everythingOf(connection, id, (comments) => {
              gathered.value = before + comments
            }),
          )
        }
        save(name, jsonBlob({ exportedAt: new Date().toISOString(), authors }))
      }),
    /** Saves the same as one text to read. */
    downloadText: (name: string) =>
      attempt(async () => {
        const texts: string[] = []
        for (const { id } of theirs().flat()) texts.push(await textOf(id))
        save(name, new Blob([texts.join('\n')], { type: 'text/markdown' }))
      }),
    /** Looks for comments of others that say again what the chosen wrote. */
    lookForQuotes: () =>
      attempt(async () => {
        const found = new Map<string, Quotes['items'][number]>()
        let more = false
        for (const { id } of theirs().flat()) {
          const { data } = await connection.ask<Quotes>('GET', `/v1/authors/${encodeURIComponent(id)}/quotes`)
          for (const item of data.items) found.set(item.id, item)
          more ||= data.more
        }
        quotes.value = { items: [...found.values()], more }
      }),
    /** Erases the chosen for good, one after the other, and looks until the last is done. */
    erase: () =>
      attempt(async () => {
        const ids = theirs().map(([first]) => first.id)
        const path = (id: string) => `/v1/authors/${encodeURIComponent(id)}`
        for (const id of ids) note(id, (await connection.ask<Erasure>('DELETE', path(id))).data)
        const mine = turn
        for (const id of ids)
          while (mine === turn && erasures.peek().get(id)?.state === 'working') {
            await new Promise((resolve) => setTimeout(resolve, pace))
            note(id, (await connection.ask<Erasure>('GET', `${path(id)}/erasure`)).data)
          }
      }),
  }
})

/** The persons of a desk. */
export const personsOf = ({ connection }: Desk) => new Persons(connection)
