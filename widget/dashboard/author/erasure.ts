import { createModel, signal } from '@preact/signals'
import type { Erasure } from '../../../worker/contract/erasures.ts'
import type { ErrorDetail } from '../../../worker/contract/errors.ts'
import type { Person } from '../../../worker/contract/persons.ts'
import { type Connection, detailOf } from '../core/connection.ts'
import type { Desk } from '../desk.ts'

/** Milliseconds between two looks at an erasure that is at work. */
const pace = 600

/** The erasure of one author after the other: what it would touch, and how far it is. */
export const Erasures = createModel((connection: Connection) => {
  const found = signal<Erasure | null>(null)
  const namesakes = signal<Person | null>(null)
  const error = signal<ErrorDetail | null>(null)
  const busy = signal(false)
  /** Whom it is about. */
  let about = ''

  async function read(method: 'GET' | 'DELETE', path: string): Promise<Erasure | null> {
    const author = about
    try {
      const { data } = await connection.ask<Erasure>(method, path)
      if (author !== about) return null
      found.value = data
      error.value = null
      return data
    } catch (reason) {
      if (author === about) error.value = detailOf(reason)
      return null
    }
  }
  const pathOf = (author: string) => `/v1/authors/${encodeURIComponent(author)}`
  const path = () => pathOf(about)

  async function readNamesakes() {
    const author = about
    try {
      const { data } = await connection.ask<Person>('POST', '/v1/persons/searches', { body: { author } })
      const known = found.peek()?.parts.map(({ authorId }) => authorId) ?? []
      if (author === about)
        namesakes.value = { ...data, authors: data.authors.filter(({ id }) => !known.includes(id)) }
    } catch (reason) {
      if (author === about) error.value = detailOf(reason)
    }
  }

  async function beginOthers(others: string[]): Promise<boolean> {
    try {
      for (const other of others) await connection.ask('DELETE', pathOf(other))
      return true
    } catch (reason) {
      error.value = detailOf(reason)
      return false
    }
  }

  return {
    found,
    /** Who else wrote with their e-mail addresses, while nothing is being erased. */
    namesakes,
    error,
    busy,
    /** Looks up what the erasure of an author would touch, or how far it is. */
    async look(author: string) {
      if (author !== about) found.value = null
      about = author
      error.value = null
      namesakes.value = null
      const data = await read('GET', `${path()}/erasure`)
      if (data?.state === 'none') await readNamesakes()
    },
    /**
     * Erases them for good, and first others who are the same person. Where one is refused it goes no further.
     *
     * @param others ids of authors
     * @returns whether it has begun
     */
    async begin(others: string[]): Promise<boolean> {
      busy.value = true
      const begun = (await beginOthers(others)) && (await read('DELETE', path())) !== null
      busy.value = false
      return begun
    },
    /** Looks again until it is at work no more. @returns whether it came to its end, and was looked at till then */
    async watch(): Promise<boolean> {
      const author = about
      while (author === about && found.peek()?.state === 'working') {
        await new Promise((resolve) => setTimeout(resolve, pace))
        if (author === about) await read('GET', `${path()}/erasure`)
      }
      return author === about && found.peek()?.state === 'done'
    },
    /** Looks no more. */
    leave() {
      about = ''
      found.value = null
      namesakes.value = null
    },
  }
})

/** The erasures of a desk. */
export const erasuresOf = ({ connection }: Desk) => new Erasures(connection)
