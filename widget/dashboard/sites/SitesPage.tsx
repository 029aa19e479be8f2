import { useSignal } from '@preact/signals'
import { words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { RecordList } from '../ui/RecordList.tsx'
import { NewSite } from './NewSite.tsx'
import { SiteRow } from './SiteRow.tsx'
import { sitesOf } from './sites.ts'

/** The sites, how they stand, and a form to add one. */
export function SitesPage() {
  const { session } = useDesk()
  const sites = use(sitesOf)
  const adding = useSignal(false)
  const mine = session.session.value?.moderator
  const w = words('sites')
  const mayAdd = mine?.role === 'owner' && mine.everySite
  return (
    <RecordList
      title={words().places.sites}
      note={mayAdd ? w.about : w.aboutElse}
      none={words().noSite}
      list={sites.list}
      row={(site) => <SiteRow key={site.id} site={site} />}
    >
      {mayAdd && !adding.value && (
        <p class="acts">
          <button
            type="button"
            class="primary"
            onClick={() => {
              adding.value = true
            }}
          >
            {w.adding}
          </button>
        </p>
      )}
      {mayAdd && adding.value && (
        <NewSite
          close={() => {
            adding.value = false
          }}
        />
      )}
    </RecordList>
  )
}
