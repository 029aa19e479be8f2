/** One line of a table: what was measured, a cell a column, and whether it is as good as it shall be. */
export interface Line {
  what: string
  cells: (string | number)[]
  /** Left out where nothing is promised. */
  good?: boolean
}

/** A table of the report. */
export interface Table {
  title: string
  columns: string[]
  lines: Line[]
}

/** The middle of some numbers. */
export function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ]
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2
}

/** A number with as many digits as one reads. */
export const figure = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })

/** A share of 1. */
export const percent = (share: number) => `${figure(100 * share)} %`

/** How many times as much. */
export const times = (factor: number) => `${figure(factor)}x`

const mark = ({ good }: Line) => (good === undefined ? ' ' : good ? '✓' : '✗')

/** A table as text, its columns aligned. */
export function aligned({ title, columns, lines }: Table): string {
  const rows = lines.map(({ cells }) => cells.map((cell) => (typeof cell === 'number' ? figure(cell) : cell)))
  const first = Math.max(title.length, ...lines.map(({ what }) => what.length))
  const widths = columns.map((column, at) =>
    Math.max(column.length, ...rows.map((cells) => cells[at]?.length ?? 0)),
  )
  const line = (sign: string, what: string, cells: string[]) =>
    `${sign} ${what.padEnd(first)}${widths.map((width, at) => `   ${(cells[at] ?? '').padStart(width)}`).join('')}`.trimEnd()
  const told = lines.map((each, at) => line(mark(each), each.what, rows[at] as string[]))
  return `\n${[line(' ', title, columns), ...told].join('\n')}\n`
}
