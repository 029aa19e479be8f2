import { note } from '../../worker/host/terminal.ts'
import { type Client, get, pastMemory } from './client.ts'
import { goals, peers } from './goals.ts'
import type { Answered } from './load.ts'
import type { Served } from './serving.ts'
import { type Line, median, percent, type Table } from './table.ts'
import { alikeOf, firstPage, keyOf } from './threads.ts'

const rounds = 5
const ms = 1000
const connections = 16

/** A page as it is answered, to be answered by others. */
export interface Page {
  path: string
  body: string
  headers: Record<string, string>
}

/** The first page of the thread of 100, as the product answers it. */
export async function pageOf({ url }: Served): Promise<Page> {
  const path = firstPage(keyOf(100))
  const answer = await fetch(url + path, { headers: { 'accept-encoding': 'identity' } })
  if (!answer.ok) throw new Error(`The thread of 100 was answered with ${answer.status}.`)
  const ofConnection = /^(date|content-length|connection|keep-alive)$/
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !ofConnection.test(name)))
  return { path, body: await answer.text(), headers }
}

interface Way {
  what: string
  port: number
  target: string
  unchanged?: boolean
  /** Past the memory of the worker. */
  fresh?: boolean
  /** What it is compared with. */
  beside?: Way
  promised?: true
}

function ways(product: Served, bare: Served, { path }: Page): Way[] {
  const of = (served: Served) => ({ port: served.port, target: served.url + path })
  const behindFront = ({ url }: Served) => ({ port: Number(new URL(url).port), target: path })
  const page: Way = { what: 'bare Hono route, the same bytes', ...of(bare) }
  const short: Way = { what: 'bare Hono route, 304', ...of(bare), unchanged: true }
  const fronted: Way = { what: 'bare Hono route, behind the front', ...behindFront(bare) }
  return [
    page,
    { ...of(product), what: 'thread of 100', beside: page, promised: true },
    short,
    { ...of(product), what: 'thread of 100, 304', unchanged: true, beside: short, promised: true },
    fronted,
    { ...behindFront(product), what: 'thread of 100, behind the front', beside: fronted, promised: true },
    {
      ...of(product),
      target: product.url + firstPage(alikeOf('{turn}')),
      what: 'threads of 100, from the database',
      fresh: true,
      beside: page,
    },
  ]
}

/** Reads a second of a thread of 100 comments, in turns with a bare route. */
export async function reads(client: Client, product: Served, bare: Served, page: Page): Promise<Table> {
  const all = ways(product, bare, page)
  const seen = new Map<Way | undefined, Answered[]>(all.map((way) => [way, []]))
  for (let round = 0; round <= rounds; round++)
    for (const way of all) {
      const { port, target, unchanged, fresh } = way
      const seenBefore = unchanged && { 'if-none-match': page.headers.etag ?? '' }
      const request = get(target, { ...seenBefore, ...(fresh && pastMemory) })
      const answered = await client.send({ port, request, connections, ms, status: unchanged ? 304 : 200 })
      // The first round warms up.
      if (round > 0) seen.get(way)?.push(answered)
    }
  const lines = all.map((way): Line => {
    const { what, beside, promised } = way
    const told = seen.get(way) ?? []
    const busy = median(told.map((each) => each.busy))
    if (busy > 0.9) note(`"${what}": the client itself was busy ${percent(busy)} of the time.`)
    const cells = [
      median(told.map((each) => each.perSecond)),
      median(told.map((each) => each.median)),
      told[0]?.bytes ?? 0,
    ]
    if (!beside) return { what, cells }
    const bares = seen.get(beside) ?? []
    const share = median(told.map(({ perSecond }, round) => perSecond / (bares[round]?.perSecond ?? 0)))
    return { what, cells: [...cells, percent(share)], ...(promised && { good: share >= goals.reads }) }
  })
  const others = peers.flatMap(({ name, reads }) => (reads ? [{ what: name, cells: [reads] }] : []))
  const columns = ['a second', 'median ms', 'bytes', `of bare (≥ ${percent(goals.reads)})`]
  return { title: `Reads, ${connections} at a time`, columns, lines: [...lines, ...others] }
}
