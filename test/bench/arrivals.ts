import { emptyPage, goals, peers } from './goals.ts'
import { type Load, pages } from './pages.ts'
import type { Served } from './serving.ts'
import { figure, type Line, median, type Table } from './table.ts'

/** How an article's page arrives in a browser on Slow 4G: what its reader waits for, and what it costs. */
export async function arrivals(product: Served): Promise<Table> {
  const { kinds, host } = await pages(product)
  const columns = kinds.map(({ what }) => what)
  const middle = (of: (load: Load) => number) => kinds.map(({ loads }) => loads && median(loads.map(of)))

  /** A line of values; what is promised is promised of every page with a thread, or of each what is named. */
  function line(what: string, values: (number | null)[], most?: number | (number | null)[]): Line {
    const cells = values.map((value) => (value === null ? 'not there' : Number.isNaN(value) ? '–' : value))
    if (most === undefined) return { what, cells: [...cells, ''] }
    const goals = typeof most === 'number' ? values.map((_, at) => (at ? most : null)) : most
    const good = values.every((value, at) => value === null || goals[at] == null || value <= goals[at])
    const told = [...new Set(goals.filter((goal) => goal !== null))].map(figure).join(', ')
    return { what, cells: [...cells, `≤ ${told}`], good }
  }

  const toHost = ({ requests }: Load) => requests.get(host) ?? 0
  const hosts = ({ requests }: Load) => [...requests.keys()].filter((other) => other !== host).length - 1
  const most = (tasks: number[]) => Math.max(0, ...tasks)
  const blocking = (tasks: number[]) => tasks.reduce((sum, task) => sum + task - 50, 0)
  const paints = middle(({ paint }) => paint)
  const comments = middle(({ comment }) => comment)
  const tasks = middle(({ longTasks }) => most(longTasks))
  const [empty] = paints
  const times = comments.map((comment) => comment && comment / (empty ?? Number.NaN))
  const unscripted = Math.max(goals.longTask, tasks[4] ?? 0)
  const lines = [
    line('first paint, ms', paints),
    line('first comment, ms', comments),
    line('… times an empty page’s first paint', times, [
      null,
      goals.firstComment,
      goals.firstComment,
      goals.servedComment,
      null,
    ]),
    line(
      'layout shift',
      middle(({ layoutShift }) => layoutShift),
      goals.layoutShift,
    ),
    line('longest task, ms (0: none > 50)', tasks, [null, goals.longTask, goals.longTask, unscripted, null]),
    line(
      'blocking time, ms',
      middle(({ longTasks }) => blocking(longTasks)),
    ),
    line(
      'JavaScript, ms',
      middle(({ script }) => script),
    ),
    line('requests to the product before it', middle(toHost), goals.requests),
    line('third parties', middle(hosts), goals.thirdParties),
    line(
      'kB in all',
      middle(({ bytes }) => bytes / 1000),
    ),
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
