import { words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { OneSite, siteAt } from '../ui/OneSite.tsx'
import { RecordList } from '../ui/RecordList.tsx'
import { EndpointForm } from './EndpointForm.tsx'
import { EndpointRow } from './EndpointRow.tsx'
import { endpointsOf } from './endpoints.ts'

/** Where a site has it told what happens there: webhooks and chats. */
export function WebhooksPage() {
  const desk = useDesk()
  const endpoints = use(endpointsOf)
  const site = siteAt(desk)
  const w = words('webhooks')
  return (
    <RecordList
      title={words().places.webhooks}
      note={w.note}
      none={w.none}
      ownersOnly={w.ownersOnly}
      list={endpoints.list}
      query={`?site=${encodeURIComponent(site)}`}
      row={(endpoint) => <EndpointRow key={endpoint.id} endpoint={endpoint} />}
    >
      <div class="log-filters">
        <OneSite label={w.site} />
      </div>
      <EndpointForm key={site} site={site} />
    </RecordList>
  )
}
