import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { FoundCounts } from '../../../worker/contract/queueFilter.ts'
import { type Tab, tabs } from '../../../worker/contract/queueTabs.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'

/** How many each tab has of what is searched for, and how far the search could look. */
export function Found() {
  const { place, queue, connection } = useDesk()
  const w = words('finding')
  const all = words().places
  const { q, site, author, thread, tab } = place.here.value
  const found = useSignal<FoundCounts | null>(null)
  const isEmpty = queue.list.empty.value
  const query = new URLSearchParams(
    Object.entries({ q, site, author, thread }).filter(([, value]) => value !== ''),
  ).toString()
  useEffect(() => {
    let isLatest = true
    found.value = null
    connection.ask<FoundCounts>('GET', `/v1/queue/counts?${query}`).then(
      ({ data }) => {
        if (isLatest) found.value = data
      },
      // The list says what is wrong.
      () => {},
    )
    return () => {
      isLatest = false
    }
  }, [query, isEmpty, connection, found])
  const search = queue.list.search.value
  const number = (value: number) => value.toLocaleString(tag())
  const { counts, most = 0 } = found.value ?? {}
  // What is on screen to its end is counted here: the index is a moment behind what is decided, and finds about.
  const listed =
    queue.phase.value === 'ready' && !queue.list.next.value ? queue.list.items.value.length : null
  const countOf = (name: Tab) => (name === tab && listed !== null ? listed : (counts?.[name] ?? 0))
  return (
    <div role="status">
      {counts && (
        <ul class="found">
          {tabs.map((name) => (
            <li key={name}>
              <button
                type="button"
                aria-pressed={name === tab}
                disabled={countOf(name) === 0 && name !== tab}
                onClick={() => place.go({ tab: name })}
              >
                {all[name]} <b>{countOf(name) >= most ? `${number(most)}+` : number(countOf(name))}</b>
              </button>
            </li>
          ))}
        </ul>
      )}
      {search && search.index !== 'ready' && (
        <p class="quiet">
          {formatMessage(w[search.index], {
            share: search.total === 0 ? 0 : Math.floor((100 * search.built) / search.total),
          })}
        </p>
      )}
      {search?.lookedTo && (
        <p class="quiet">
          {formatMessage(w.lookedTo, {
            date: new Date(search.lookedTo).toLocaleDateString(tag(), { timeZone: 'UTC' }),
          })}
        </p>
      )}
    </div>
  )
}
