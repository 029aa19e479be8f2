import { useMemo } from 'preact/hooks'
import type { DailyStats, StatsDay } from '../../../worker/contract/dailyStats.ts'
import { absoluteTime } from '../../common/i18n.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { durationWords } from './automation.ts'
import { Plot } from './Plot.tsx'

/** In the order in which bars stand on each other. */
const outcomes = ['approved', 'pending', 'rejected', 'spam', 'deleted'] as const

const number = (value: number) => value.toLocaleString(tag())

/** What became of the comments of each day, and how long those waited that a person decided. */
export function DayCharts({ stats }: { stats: DailyStats }) {
  const w = words('stats').days
  const { items, timeToDecision, countedTo } = stats
  const total = (day: StatsDay) => outcomes.reduce((sum, name) => sum + day.comments[name], 0)
  const all = items.reduce((sum, day) => sum + total(day), 0)
  const { days, comments, times } = useMemo(() => seriesOf(items), [items])
  if (all === 0 && !timeToDecision) return <p class="state calm">{w.nothing}</p>
  return (
    <>
      <h3>{w.comments}</h3>
      <Plot
        days={days}
        series={comments}
        kind="bars"
        format={number}
        label={formatMessage(w.commentsLabel, { count: all, days: items.length })}
      />
      <DayTable items={items} />
      {timeToDecision && (
        <>
          <h3>{w.times}</h3>
          <p class="quiet">
            {formatMessage(w.timesOf, {
              count: timeToDecision.decisions,
              median: durationWords(timeToDecision.median),
              ninetieth: durationWords(timeToDecision.ninetieth),
            })}
          </p>
          <Plot
            days={days}
            series={times}
            kind="lines"
            format={durationWords}
            label={formatMessage(w.timesLabel, {
              median: durationWords(timeToDecision.median),
              ninetieth: durationWords(timeToDecision.ninetieth),
            })}
          />
        </>
      )}
      <p class="quiet">
        {countedTo === null ? w.utc : formatMessage(w.countedTo, { time: absoluteTime(countedTo, tag()) })}
      </p>
    </>
  )
}

function seriesOf(items: StatsDay[]) {
  const w = words('stats').days
  return {
    days: items.map(({ day }) => day),
    comments: outcomes.map((name) => ({
      ...{ name, label: w.outcomes[name] },
      values: items.map(({ comments }) => comments[name]),
    })),
    times: (['median', 'ninetieth'] as const).map((name) => ({
      ...{ name, label: w[name] },
      values: items.map(({ timeToDecision }) => timeToDecision?.[name] ?? null),
    })),
  }
}

/** The same as a table, the latest day first; days without anything are left out. */
function DayTable({ items }: { items: StatsDay[] }) {
  const w = words('stats').days
  const shown = items.filter((day) => day.timeToDecision || outcomes.some((name) => day.comments[name] > 0))
  const dayWords = (day: string) =>
    new Intl.DateTimeFormat(tag(), { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(day))
  const time = (seconds: number | undefined) => (seconds === undefined ? '–' : durationWords(seconds))
  return (
    <details>
      <summary>{words('stats').asTable}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="wide-table" tabIndex={0} aria-label={w.comments}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.day}</th>
              {outcomes.map((name) => (
                <th key={name} scope="col">
                  {w.outcomes[name]}
                </th>
              ))}
              <th scope="col">{w.median}</th>
              <th scope="col">{w.ninetieth}</th>
            </tr>
          </thead>
          <tbody>
            {shown.toReversed().map(({ day, comments, timeToDecision }) => (
              <tr key={day}>
                <th scope="row">{dayWords(day)}</th>
                {outcomes.map((name) => (
                  <td key={name}>{number(comments[name])}</td>
                ))}
                <td>{time(timeToDecision?.median)}</td>
                <td>{time(timeToDecision?.ninetieth)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
