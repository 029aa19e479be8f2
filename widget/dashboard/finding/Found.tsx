import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { FoundCounts } from '../../../worker/contract/queueFilter.ts'
import { type Tab, tabs } from '../../../worker/contract/queueTabs.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'

/** Milliseconds that a count waits for more to be decided. */
const pause = 1000

/** How many each tab has of what is searched for, and how far the search could look. */
export function Found() {
  const { place, queue, connection } = useDesk()
  const w = words('finding')
  const all = words().places
  const { q, site, author, thread, tab } = place.here.value
  const found = useSignal<FoundCounts | null>(null)
  // What the tabs count changes with every decision, one's own and those of others.
  const search = queue.list.search.value
  const stamp = [search?.index, ...Object.values(queue.list.counts.value ?? {})].join()
  const query = new URLSearchParams(
    Object.entries({ q, site, author, thread }).filter(([, value]) => value !== ''),
  ).toString()
  const counted = useRef('')
  useEffect(() => {
    let isLatest = true
    const isNew = counted.current !== query
    if (isNew) found.value = null
    counted.current = query
    const count = () =>
      connection.ask<FoundCounts>('GET', `/v1/queue/counts?${query}`).then(
        ({ data }) => {
          if (isLatest) found.value = data
        },
        // The list says what is wrong.
        () => {},
      )
    const timer = setTimeout(count, isNew ? 0 : pause)
    return () => {
      isLatest = false
      clearTimeout(timer)
    }
  }, [query, stamp, connection, found])
  const number = (value: number) => value.toLocaleString(tag())
  const { counts, atLeast = [] } = found.value ?? {}
  // What is on screen to its end is counted here: it changes at once.
  const listed =
    queue.phase.value === 'ready' && !queue.list.next.value ? queue.list.items.value.length : null
  const isListed = (name: Tab) => name === tab && listed !== null
  const countOf = (name: Tab) => (isListed(name) ? Number(listed) : (counts?.[name] ?? 0))
  const hasMore = (name: Tab) => atLeast.includes(name) && !isListed(name)
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
                {all[name]} <b>{`${number(countOf(name))}${hasMore(name) ? '+' : ''}`}</b>
              </button>
            </li>
          ))}
        </ul>
      )}
      {search && search.index !== 'ready' && (
        <p class="quiet">
          {formatMessage(w[search.index], {
            share: Math.round(100 * search.share),
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
