import { type DeliveryStatus, deliveryStatuses } from '../../../worker/contract/deliveries.ts'
import { words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { OneSite, siteAt } from '../ui/OneSite.tsx'
import { RecordList } from '../ui/RecordList.tsx'
import { DeliveryRow } from './DeliveryRow.tsx'
import { outboxOf } from './outbox.ts'

const usual: DeliveryStatus = 'waiting'

/** Mail about accounts belongs to no site. */
const ofAccounts = 'accounts'

/** What is still to be told outside, what was told, and what was given up and can be sent again. */
export function OutboxPage() {
  const desk = useDesk()
  const outbox = use(outboxOf)
  const here = desk.place.here.value
  const status = deliveryStatuses.find((one) => one === here.status) ?? usual
  const w = words('outbox')
  const site = siteAt(desk)
  const everySite = desk.session.session.value?.moderator.everySite === true
  const isOfAccounts = everySite && (here.of === ofAccounts || site === '')
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
          siteless={everySite ? { name: w.accounts, of: ofAccounts, isHere: isOfAccounts } : null}
        />
        <fieldset aria-label={words().places.outbox}>
          {deliveryStatuses.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === status}
              onClick={() => desk.place.go({ status: one === usual ? '' : one })}
            >
              {w.tabs[one]}
            </button>
          ))}
        </fieldset>
      </div>
    </RecordList>
  )
}
