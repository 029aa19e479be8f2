import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { theme } from '../core/preferences.ts'
import { tag } from '../core/words.ts'

/** A row of numbers, one a day. Its colour is that of its sign in the legend. */
export interface Series {
  name: string
  label: string
  values: (number | null)[]
}

interface Props {
  /** Days in ISO 8601. */
  days: string[]
  series: Series[]
  /** Bars that stand on each other, or a line each. */
  kind: 'bars' | 'lines'
  /** What the picture shows, for those who do not see it. */
  label: string
  /** A number as it is read, or in the little room beside an axis. */
  format: (value: number, room?: 'long' | 'short') => string
}

const height = 190

/** A picture of numbers by day. Its table stands beside it: whoever needs it finds all of it there. */
export function Plot({ days, series, kind, label, format }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const told = useRef<HTMLParagraphElement>(null)
  const colours = theme.value
  useEffect(() => {
    const box = frame.current
    const line = told.current
    if (!box || !line) return
    const tell = (at: number | null) => {
      line.textContent = at === null ? '' : tellingOf({ days, series, format }, at)
    }
    let plot: uPlot
    const draw = () => {
      plot?.destroy()
      plot = new uPlot(
        optionsOf({ days, series, kind, format }, box, tell),
        dataOf({ days, series, kind }),
        box,
      )
    }
    draw()
    const resized = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height }))
    resized.observe(box)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', draw)
    return () => {
      resized.disconnect()
      dark.removeEventListener('change', draw)
      plot.destroy()
    }
  }, [days, series, kind, format, colours])
  return (
    <figure class="days-plot">
      <figcaption class="legend" aria-hidden="true">
        {series.map(({ name, label }) => (
          <span key={name}>
            <i class={`sign ${name}`} />
            {label}
          </span>
        ))}
      </figcaption>
      <div ref={frame} class="frame" role="img" aria-label={label} />
      <p ref={told} class="told quiet" aria-hidden="true" />
    </figure>
  )
}

/** Seconds between two lines of a picture of times, so that each is another in words. */
const spans = [
  ...[1, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200],
  ...[1, 2, 7, 14, 28, 56].map((days) => days * 86_400),
]

const secondsOf = (day: string) => Date.parse(day) / 1000

const dayWords = (seconds: number) =>
  new Intl.DateTimeFormat(tag(), { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(seconds * 1000)

function tellingOf({ days, series, format }: Pick<Props, 'days' | 'series' | 'format'>, at: number): string {
  const parts = series.flatMap(({ label, values }) => {
    const value = values[at]
    return value == null ? [] : [`${label} ${format(value)}`]
  })
  return [dayWords(secondsOf(days[at] ?? '')), ...parts].join(' · ')
}

/** What is drawn: of bars each on those before, the tallest first, so that the others stand before it. */
function dataOf({ days, series, kind }: Pick<Props, 'days' | 'series' | 'kind'>): uPlot.AlignedData {
  const rows = series.map(({ values }) => values)
  const heights = kind === 'lines' ? rows : stacked(rows).toReversed()
  return [days.map(secondsOf), ...heights] as uPlot.AlignedData
}

const stacked = (rows: (number | null)[][]) =>
  rows.map((row, at) =>
    row.map((_, day) => rows.slice(0, at + 1).reduce((sum, one) => sum + (one[day] ?? 0), 0)),
  )

function optionsOf(
  { series, kind, format }: Omit<Props, 'label'>,
  box: HTMLElement,
  tell: (at: number | null) => void,
): uPlot.Options {
  const colourOf = (name: string) => {
    const sign = box.parentElement?.querySelector(`.sign.${name}`)
    return sign ? getComputedStyle(sign).backgroundColor : 'currentColor'
  }
  const style = getComputedStyle(box)
  const isMirrored = style.direction === 'rtl'
  const axis = {
    stroke: style.color,
    font: `11px ${style.fontFamily}`,
    grid: { stroke: style.borderTopColor, width: 1 },
    ticks: { show: false },
  }
  const drawn = series.map(({ name, label }) => ({
    label,
    ...(kind === 'bars'
      ? { fill: colourOf(name), paths: uPlot.paths.bars?.({ size: [0.8, 36] }) as uPlot.Series.PathBuilder }
      : { stroke: colourOf(name), width: 2, spanGaps: true }),
    points: { show: kind === 'lines' },
  }))
  return {
    ...{ width: box.clientWidth, height, legend: { show: false } },
    cursor: { x: true, y: false, drag: { x: false, y: false }, points: { show: false } },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    scales: {
      x: { dir: isMirrored ? -1 : 1, range: (_, first, last) => [first - 43_200, last + 43_200] },
      y: { range: (_, __, most) => [0, Math.max(1, most * 1.05)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        values: (_, at) => at.map(dayWords),
        incrs: [1, 2, 7, 14, 30, 61].map((days) => days * 86_400),
        space: 64,
        size: 30,
      },
      {
        ...axis,
        values: (_, at) => at.map((value) => (Number.isInteger(value) ? format(value, 'short') : '')),
        ...(kind === 'lines' && { incrs: spans }),
        size: 64,
        side: isMirrored ? 1 : 3,
      },
    ],
    series: [{}, ...(kind === 'bars' ? drawn.toReversed() : drawn)],
    hooks: { setCursor: [({ cursor }) => tell(cursor.idx ?? null)] },
  }
}
