import { readableKey } from '../../../worker/contract/readableKey.ts'
import { held } from '../core/held.ts'
import { historyOf } from '../core/location.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Time } from '../ui/Time.tsx'
import { Visible } from '../ui/Visible.tsx'
import { personsOf } from './persons.ts'

/** Comments of others that say again what the chosen wrote: they stay when it is erased, so that staff may redact them. */
export function Quotes() {
  const persons = use(personsOf)
  const quotes = persons.quotes.value
  const w = words('person')
  const { status, on } = words()
  return (
    <section class="quotes" aria-label={w.quotes}>
      <p>
        <button
          type="button"
          onClick={persons.lookForQuotes}
          {...held(persons.chosen.value.length === 0 || persons.busy.value)}
        >
          {w.quotesLook}
        </button>
      </p>
      <p role="status">{quotes?.items.length === 0 && w.quotesNone}</p>
      {quotes && quotes.items.length > 0 && (
        <>
          <h2>{w.quotes}</h2>
          <p>{w.quotesAbout}</p>
          <ul class="records">
            {quotes.items.map((item) => (
              <li key={item.id}>
                <p dir="auto">
                  <PlaceLink to={historyOf(item.id)}>
                    <Visible text={item.excerpt} />
                  </PlaceLink>
                </p>
                <p class="quiet">
                  <bdi>
                    <Visible text={item.name} />
                  </bdi>{' '}
                  · {status[item.status]} · {on}{' '}
                  <bdi>
                    <Visible text={item.page.title || readableKey(item.page.key)} />
                  </bdi>{' '}
                  · <Time at={item.createdAt} />
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
      {quotes?.more && <p class="quiet">{formatMessage(w.quotesMore, { count: 100 })}</p>}
    </section>
  )
}
