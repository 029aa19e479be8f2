import { type KeptTerm, keptTerms } from '../../../worker/contract/keptTerms.ts'
import { settingsIn } from '../../../worker/contract/siteSettings.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { retentionOf } from './retention.ts'
import { SettingField } from './SettingFields.tsx'

/** How long the site keeps what is not published, and parts of what is. */
export function Keeping() {
  const w = words('settings')
  return (
    <section>
      <h2>{w.kept}</h2>
      <p class="quiet">{w.keptNote}</p>
      {settingsIn('kept').map((name) => (
        <div key={name}>
          <SettingField name={name} />
          {keptTerms.some((term) => term === name) && <Removal term={name as KeptTerm} />}
        </div>
      ))}
    </section>
  )
}

/** What a term on screen would remove, as soon as it is known. */
function Removal({ term }: { term: KeptTerm }) {
  const removal = use(retentionOf).removals.value[term]
  const w = words('settings').removal
  return (
    <div class="quiet" role="status">
      {removal &&
        (removal.removes === 0 && !removal.more
          ? w.nothing
          : formatMessage(removal.more ? w.more : w.some, { count: removal.removes }))}
    </div>
  )
}
