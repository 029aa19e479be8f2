import { type Client, get, pastMemory } from './client.ts'
import { goals } from './goals.ts'
import type { Answered } from './load.ts'
import type { Served } from './serving.ts'
import { median, type Table, times } from './table.ts'
import { firstPage, keyOf, sizes } from './threads.ts'

const rounds = 5
const ms = 400

/** What one reader waits for the first page of threads of each size, in turns. */
export async function firstPages(client: Client, product: Served): Promise<Table> {
  const ways = [true, false].flatMap((fresh) => sizes.map((size) => ({ fresh, size })))
  const seen = ways.map((): Answered[] => [])
  for (let round = 0; round <= rounds; round++)
    for (const [at, { fresh, size }] of ways.entries()) {
      const request = get(product.url + firstPage(keyOf(size)), fresh ? pastMemory : {})
      const answered = await client.send({ port: product.port, request, connections: 1, ms, status: 200 })
      if (round > 0) seen[at]?.push(answered)
    }
  let shortest = Number.NaN
  const lines = ways.map(({ fresh, size }, at) => {
    const told = seen[at] ?? []
    const took = median(told.map((each) => each.median))
    if (size === sizes[0]) shortest = took
    const longest = size === sizes.at(-1) ? { good: took <= goals.longest * shortest } : {}
    const from = fresh ? 'from the database' : 'remembered'
    return {
      what: `${size.toLocaleString('en')} comments, ${from}`,
      cells: [took, times(took / shortest), told[0]?.bytes ?? 0],
      ...longest,
    }
  })
  return { title: 'First page, one reader', columns: ['median ms', `(≤ ${goals.longest}x)`, 'bytes'], lines }
}
