import { useEffect } from 'preact/hooks'
import type { WordList } from '../../../worker/contract/wordLists.ts'
import { held } from '../core/held.ts'
import { unfiltered } from '../core/location.ts'
import { formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { waitingMatchesOf } from './waitingMatches.ts'

/** After a list was saved: how many that wait it has words of, and what can be done with them. */
export function WaitingMatches({ list, site }: { list: WordList; site: string }) {
  const { place } = useDesk()
  const matches = use(waitingMatchesOf)
  useEffect(() => () => matches.forget(list), [matches, list, site])
  const found = matches.found.value[list]
  const w = words('settings').waiting
  if (!found || found.site !== site) return null
  if (found.ids.length === 0) return <p class="quiet">{w.none}</p>
  return (
    <p class="acts" role="status">
      {formatMessage(w.found, { count: found.ids.length })}
      <button
        type="button"
        class="plain"
        onClick={() =>
          place.go({ ...unfiltered, page: 'queue', tab: 'held', site, ids: found.ids.slice(0, 100).join() })
        }
      >
        {w.look}
      </button>
      {list !== 'hold' && (
        <button type="button" class="plain" onClick={() => matches.spam(list)} {...held(matches.busy.value)}>
          {w.spam}
        </button>
      )}
    </p>
  )
}
