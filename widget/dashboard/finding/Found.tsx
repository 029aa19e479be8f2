import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { FoundCounts } from '../../../worker/contract/queueFilter.ts'
import { tabs } from '../../../worker/contract/queueTabs.ts'
import { formatMessage, language, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'

/** How many each tab has of what is searched for, and how far the search could look. */
export function Found() {
  const { place, queue, connection } = useDesk()
  const w = words('finding')
  const all = words().places
  const { q, site, author, thread, tab } = place.here.value
  const found = useSignal<FoundCounts | null>(null)
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
  }, [query, connection, found])
  const search = queue.list.search.value
  const number = (value: number) => value.toLocaleString(language.value)
  const { counts, most = 0 } = found.value ?? {}
  return (
    <div role="status">
      {counts && (
        <ul class="found">
          {tabs.map((name) => (
            <li key={name}>
              <button
                type="button"
                aria-pressed={name === tab}
                disabled={counts[name] === 0 && name !== tab}
                onClick={() => place.go({ tab: name })}
              >
                {all[name]} <b>{counts[name] >= most ? `${number(most)}+` : number(counts[name])}</b>
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
            date: new Date(search.lookedTo).toLocaleDateString(language.value, { timeZone: 'UTC' }),
          })}
        </p>
      )}
    </div>
  )
}
