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
  return (
    <RecordList
      title={words().places.outbox}
      note={w.note}
      none={w.none[status]}
      list={outbox.list}
      query={`?site=${encodeURIComponent(siteAt(desk))}&status=${status}`}
      row={(delivery) => <DeliveryRow key={delivery.id} delivery={delivery} />}
    >
      <div class="log-filters ranges">
        <OneSite label={words('webhooks').site} />
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
