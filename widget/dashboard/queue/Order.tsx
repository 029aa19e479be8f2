import { type QueueSort, queueSorts } from '../../../worker/contract/queue.ts'
import { isFiltered, sortOf } from '../core/location.ts'
import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Key } from '../ui/Key.tsx'
import { likelyFine, orderBy, selectFine, sortableSite } from './order.ts'

/** The order of all that is held: the learner tells the comments of one site apart, not those of several. */
export function Order() {
  const desk = useDesk()
  const here = desk.place.here.value
  const w = words()
  if (here.tab !== 'held' || isFiltered(here)) return null
  if (!sortableSite(desk)) return <p class="order quiet">{w.sortNeedsSite}</p>
  const sort = sortOf(here)
  const fine = sort === 'fine' ? likelyFine(desk).clear.length : 0
  return (
    <>
      <select
        class="order"
        aria-label={w.sort}
        value={sort}
        onChange={(event) => orderBy(desk, event.currentTarget.value as QueueSort)}
      >
        {queueSorts.map((name) => (
          <option key={name} value={name}>
            {w.sorts[name]}
          </option>
        ))}
      </select>
      {fine > 0 && (
        <button type="button" class="select-fine" onClick={() => selectFine(desk)}>
          {formatMessage(w.selectFine, { count: fine })} <Key name="f" />
        </button>
      )}
    </>
  )
}
