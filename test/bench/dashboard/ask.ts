import { note } from '../../../worker/host/terminal.ts'
import { type AskedStatement, scansOf } from '../../plans.ts'
import type { Served } from '../serving.ts'
import { type Line, median } from '../table.ts'
import type { View } from './views.ts'

/** What a search may take at a million comments, and any other view, in milliseconds. */
export const mostTime = 300

/** Times that a view is asked for, and how long that may take in all. */
const rounds = 20
const patience = 6000

const perLine = 6

export const columns = ['lines', 'rows', 'at most', 'whole tables', 'median ms', 'p95 ms']

/**
 * Asks for a view: what it reads and how, and how long it takes.
 *
 * @param isClose whether its statements are told, too
 * @param isBusy whether something else runs, so that times say little
 */
export async function ask(
  { url }: Served,
  view: View,
  headers: Record<string, string>,
  { isClose, isBusy }: { isClose: boolean; isBusy: boolean },
): Promise<Line> {
  const get = async () => {
    const answer = await fetch(`${url}/v1/${view.path}`, { headers })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`"${view.what}" was answered with ${answer.status}: ${text}`)
    return JSON.parse(text) as { items?: unknown[] }
  }
  const told = async (): Promise<AskedStatement[]> => (await fetch(`${url}/bench/asked`)).json()
  await told()
  const { items = [0] } = await get()
  const statements = await told()
  if (isClose)
    for (const { text, read, plan } of statements) note(`${read} rows: ${text}\n  ${plan.join('\n  ')}\n`)
  const read = statements.reduce((sum, one) => sum + one.read, 0)
  const scans = [...new Set(statements.flatMap(scansOf))]
  const times: number[] = []
  const started = performance.now()
  while (times.length < rounds && performance.now() - started < patience) {
    const before = performance.now()
    await get()
    times.push(performance.now() - before)
  }
  times.sort((one, other) => one - other)
  const p95 = times[Math.ceil(0.95 * times.length) - 1] ?? Number.NaN
  const bound = perLine * items.length + view.besides
  const good = read <= bound && scans.length === 0 && (isBusy || p95 <= mostTime)
  const cells = [
    items.length,
    read,
    bound,
    scans.join(', ') || 'none',
    Math.round(median(times)),
    Math.round(p95),
  ]
  return { what: view.what, cells, good }
}
