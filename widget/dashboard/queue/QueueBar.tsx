import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { onEscape } from '../core/composing.ts'
import { alone, linkedComment } from '../core/location.ts'
import { sitesInMenus } from '../core/sites.ts'
import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Late, part } from '../ui/Late.tsx'
import { narrow } from '../ui/wide.ts'
import { leaveSearch } from './leaveSearch.ts'
import { Order } from './Order.tsx'
import { ViewsButton } from './ViewsButton.tsx'

const finding = part(['finding'], async () => (await import('../finding/Finding.tsx')).Finding)

/** Search, the choice of site and order, and the filters in force. */
export function QueueBar() {
  const { place, session } = useDesk()
  const w = words()
  const here = place.here.value
  const sites = sitesInMenus(session.session.value, here.site)
  const typed = useSignal(here.q)
  const open = useSignal(false)
  const searching = useSignal(here.q !== '')
  const shown = open.value || !narrow.value
  useEffect(() => {
    typed.value = here.q
  }, [here.q, typed])

  const filters = [
    { name: 'q', label: here.q && formatMessage(w.matching, { q: here.q }) },
    { name: 'author', label: here.author && w.byAuthor },
    { name: 'thread', label: here.thread && w.inThread },
    { name: 'ids', label: here.ids && (here.ids.includes(',') ? w.alike : w.oneComment) },
  ].filter(({ label }) => label)

  return (
    <div class="queue-bar">
      <search>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const linked = linkedComment(typed.value)
            place.go(linked ? alone(linked) : { q: typed.value.trim() })
            // The focus goes on to what was found.
            leaveSearch(event.currentTarget.querySelector('input'))
          }}
        >
          <input
            id="search"
            type="search"
            dir="auto"
            aria-label={w.search}
            placeholder={w.searchHint}
            value={typed.value}
            onFocus={() => {
              searching.value = true
            }}
            onKeyDown={(event) =>
              onEscape(() => {
                typed.value = ''
                if (here.q) place.go({ q: '' })
                leaveSearch(event.currentTarget)
              })(event)
            }
            onInput={(event) => {
              typed.value = event.currentTarget.value
              if (typed.value === '' && here.q) place.go({ q: '' })
            }}
          />
        </form>
      </search>
      {narrow.value && (
        <button
          type="button"
          aria-expanded={open.value}
          onClick={() => {
            open.value = !open.value
          }}
        >
          {w.filter}
        </button>
      )}
      {shown && sites.length > 1 && (
        <select
          aria-label={w.site}
          value={here.site}
          onChange={(event) => place.go({ site: event.currentTarget.value })}
        >
          <option value="">{w.allSites}</option>
          {sites.map((site) => (
            <option key={site.id} value={site.id}>
              {site.name}
            </option>
          ))}
        </select>
      )}
      {shown && <Order />}
      {shown && <ViewsButton />}
      {(searching.value || here.q) && <Late part={finding} given={{ typed, withChips: shown }} />}
      {filters.length > 0 && (
        <ul class="filters">
          {filters.map(({ name, label }) => (
            <li key={name}>
              <button
                type="button"
                aria-label={formatMessage(w.removeFilter, { filter: label })}
                onClick={() => place.go({ [name]: '' })}
              >
                <bdi>{label}</bdi> <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
