import { emptyPage, goals, peers } from './goals.ts'
import { type Load, pages } from './pages.ts'
import type { Served } from './serving.ts'
import { figure, type Line, median, type Table } from './table.ts'

/** How an article's page arrives in a browser on Slow 4G: what its reader waits for, and what it costs. */
export async function arrivals(product: Served): Promise<Table> {
  const { kinds, host } = await pages(product)
  const columns = kinds.map(({ what }) => what)
  const middle = (of: (load: Load) => number) => kinds.map(({ loads }) => loads && median(loads.map(of)))

  /** A line of medians; what is promised of it is promised of every page with a thread. */
  function line(what: string, of: (load: Load) => number, most?: number): Line {
    const values = middle(of)
    const cells = values.map((value) => (value === null ? 'not there' : Number.isNaN(value) ? '–' : value))
    if (most === undefined) return { what, cells: [...cells, ''] }
    const good = values.slice(1).every((value) => value === null || value <= most)
    return { what, cells: [...cells, `≤ ${figure(most)}`], good }
  }

  const toHost = ({ requests }: Load) => requests.get(host) ?? 0
  const hosts = ({ requests }: Load) => [...requests.keys()].filter((other) => other !== host).length - 1
  const most = (tasks: number[]) => Math.max(0, ...tasks)
  const blocking = (tasks: number[]) => tasks.reduce((sum, task) => sum + task - 50, 0)
  const lines = [
    line('first paint, ms', ({ paint }) => paint),
    line('first comment, ms', ({ comment }) => comment, goals.firstComment),
    line('layout shift', ({ layoutShift }) => layoutShift, goals.layoutShift),
    line('longest task, ms (0: none > 50)', ({ longTasks }) => most(longTasks), goals.longTask),
    line('blocking time, ms', ({ longTasks }) => blocking(longTasks)),
    line('JavaScript, ms', ({ script }) => script),
    line('requests to the product', toHost, goals.requests),
    line('third parties', hosts, goals.thirdParties),
    line('kB in all', ({ bytes }) => bytes / 1000),
  ]
  return { title: 'A page on Slow 4G, 4x slower', columns: [...columns, 'goal'], lines }
}

/** What others took, as constants. */
export function others(): Table {
  const lines = peers.flatMap(({ name, firstComment, layoutShift }) =>
    firstComment ? [{ what: name, cells: [firstComment, layoutShift ?? ''] }] : [],
  )
  const empty = { what: 'an empty page', cells: [emptyPage, ''] }
  return {
    title: 'Measured of others',
    columns: ['first comment, ms', 'layout shift'],
    lines: [empty, ...lines],
  }
}
