import { useEffect } from 'preact/hooks'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { DayCharts } from './DayCharts.tsx'
import { DayTables } from './DayTables.tsx'
import { daysOf, queryOf } from './days.ts'
import { Ranges } from './Ranges.tsx'

/** What came and what was decided, day by day, in a range that is chosen. */
export function Days() {
  const { place } = useDesk()
  const { load, stats, error } = use(daysOf)
  const query = queryOf(place.here.value)
  useEffect(() => {
    load(query)
  }, [load, query])
  const w = words('stats').days
  const found = stats.value
  const failed = error.value
  return (
    <section class="days" aria-labelledby="days">
      <h2 id="days">{w.title}</h2>
      <Ranges />
      {failed && (
        <div class="state" role="alert">
          <p>{formatMessage(words().loadFailed, { error: errorWords(failed) })}</p>
          <button type="button" onClick={() => load(query)}>
            {words().tryAgain}
          </button>
        </div>
      )}
      {!found && !failed && (
        <p class="late quiet state" role="status">
          {words().loading}
        </p>
      )}
      {found && !failed && (
        <>
          <DayCharts stats={found} />
          <DayTables stats={found} />
        </>
      )}
    </section>
  )
}
