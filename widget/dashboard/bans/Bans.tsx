import { useSignal } from '@preact/signals'
import { bansOf } from '../core/bans.ts'
import { unfiltered } from '../core/location.ts'
import { formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { usePaused } from '../ui/paused.ts'
import { RecordList } from '../ui/RecordList.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'
import { NewBan } from './NewBan.tsx'

/** Who is kept out of which site, and a form to keep somebody out. */
export function Bans() {
  const bans = use(bansOf)
  const { place, session } = useDesk()
  const siteName = (id: string) => session.session.value?.sites.find((site) => site.id === id)?.name ?? id
  const typed = useSignal('')
  const asked = usePaused(typed.value)
  const query = asked && `?q=${encodeURIComponent(asked)}`
  const w = words()
  const of = words('bans')
  return (
    <RecordList
      title={w.places.bans}
      note={of.note}
      none={query ? of.noneFound : of.none}
      list={bans.list}
      query={query}
      row={(ban) => (
        <li key={ban.id}>
          <p>
            {of.kind[ban.kind]}{' '}
            {ban.author ? (
              <button
                type="button"
                class="plain name"
                aria-label={formatMessage(of.theirs, { name: ban.author.name })}
                onClick={() =>
                  place.go({
                    ...unfiltered,
                    ...{ page: 'queue', tab: 'all', site: ban.siteId, author: ban.value },
                  })
                }
              >
                <bdi>
                  <Visible text={ban.author.name} />
                </bdi>
              </button>
            ) : (
              <bdi class="name">
                <Visible text={ban.value} />
              </bdi>
            )}
            {ban.reason && (
              <span class="quiet">
                {' – '}
                <bdi>
                  <Visible text={ban.reason} />
                </bdi>
              </span>
            )}
          </p>
          {ban.author && (
            <p class="quiet excerpt">
              <bdi>
                <Visible text={ban.author.excerpt} />
              </bdi>
            </p>
          )}
          <p class="quiet">
            <bdi>{siteName(ban.siteId)}</bdi> ·{' '}
            {ban.until ? (
              <>
                {of.until}: <Time at={ban.until} absolute />
              </>
            ) : (
              of.good
            )}
            {ban.network && (
              <>
                {' · '}
                {of.network.along[ban.network.width]}: <Time at={ban.network.until} absolute />
              </>
            )}
          </p>
          <button
            type="button"
            aria-label={formatMessage(of.liftOf, { value: ban.author?.name ?? ban.value })}
            onClick={() => bans.lift(ban)}
          >
            {of.lift}
          </button>
        </li>
      )}
    >
      <NewBan />
      <search>
        <input
          type="search"
          aria-label={of.search}
          placeholder={of.searchHint}
          onInput={(event) => {
            typed.value = event.currentTarget.value.trim()
          }}
        />
      </search>
    </RecordList>
  )
}
