import { deliveryStatuses } from '../../../worker/contract/deliveries.ts'
import { words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { OneSite, siteAt } from '../ui/OneSite.tsx'
import { RecordList } from '../ui/RecordList.tsx'
import { DeliveryRow } from './DeliveryRow.tsx'
import { outboxOf } from './outbox.ts'

/** What is still to be told outside, what was told, and what was given up and can be sent again. */
export function OutboxPage() {
  const desk = useDesk()
  const outbox = use(outboxOf)
  const status = outbox.status.value
  const w = words('outbox')
  const site = siteAt(desk)
  const everySite = desk.session.session.value?.moderator.everySite === true
  const isOfAccounts = everySite && (outbox.ofAccounts.value || site === '')
  return (
    <RecordList
      title={words().places.outbox}
      note={w.note}
      none={w.none[status]}
      ownersOnly={words('webhooks').ownersOnly}
      list={outbox.list}
      query={`?${isOfAccounts ? '' : `site=${encodeURIComponent(site)}&`}status=${status}`}
      row={(delivery) => <DeliveryRow key={delivery.id} delivery={delivery} />}
    >
      <div class="log-filters ranges">
        <OneSite
          label={words('webhooks').site}
          siteless={everySite ? { name: w.accounts, chosen: outbox.ofAccounts } : null}
        />
        <fieldset aria-label={words().places.outbox}>
          {deliveryStatuses.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === status}
              onClick={() => {
                outbox.status.value = one
              }}
            >
              {w.tabs[one]}
            </button>
          ))}
        </fieldset>
      </div>
    </RecordList>
  )
}
