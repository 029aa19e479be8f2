import type { SiteStats } from '../../../worker/contract/stats.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { shareWords } from './automation.ts'

/** The share held of each fifty comments, the last perhaps of fewer: bars to look at, a table to read. */
export function HeldChart({ series }: Pick<SiteStats, 'series'>) {
  const w = words('stats')
  const shares = series.map(({ held, screened }) => (screened ? held / screened : 0))
  if (shares.length < 2) return null
  const whole = Math.max(...series.map(({ screened }) => screened))
  const [first, last] = [shares[0] ?? 0, shares.at(-1) ?? 0]
  const label = formatMessage(w.course, {
    first: shareWords(first),
    last: shareWords(last),
    count: shares.length,
  })
  return (
    <div class="held-chart">
      <h3>{w.chart}</h3>
      <div class="plot">
        <p class="scale quiet" aria-hidden="true">
          <span>{shareWords(1)}</span>
          <span>{shareWords(0)}</span>
        </p>
        <div class="bars" role="img" aria-label={label}>
          {shares.map((share, at) => {
            const { held, screened } = series[at] ?? { held: 0, screened: 0 }
            return (
              <span
                key={at}
                title={`${shareWords(share)} (${held} / ${screened})`}
                // A stretch of fewer comments is narrower.
                style={{ height: `${Math.max(share * 100, 1.5)}%`, flexGrow: screened / whole }}
              />
            )
          })}
        </div>
        <p class="ends quiet" aria-hidden="true">
          <span>{w.oldest}</span>
          <span>{w.newest}</span>
        </p>
      </div>
      <details>
        <summary>{w.asTable}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.comments}</th>
              <th scope="col">{w.held}</th>
              <th scope="col">{w.share}</th>
            </tr>
          </thead>
          <tbody>
            {series.map(({ held, screened }, at) => (
              <tr key={at}>
                <th scope="row">{range(at, series)}</th>
                <td>
                  {held.toLocaleString(tag())} / {screened.toLocaleString(tag())}
                </td>
                <td>{shareWords(shares[at] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  )
}

/** Which comments a stretch is of, counted from the oldest. */
function range(at: number, series: SiteStats['series']): string {
  const before = series.slice(0, at).reduce((sum, { screened }) => sum + screened, 0)
  const numbers = [before + 1, before + (series[at]?.screened ?? 0)].map((one) => one.toLocaleString(tag()))
  return numbers.join('–')
}
