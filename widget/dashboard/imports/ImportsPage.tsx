import './imports.css'
import { words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { OneSite, siteAt } from '../ui/OneSite.tsx'
import { RecordList } from '../ui/RecordList.tsx'
import { Exports } from './Exports.tsx'
import { FileDrop } from './FileDrop.tsx'
import { ImportRow } from './ImportRow.tsx'
import { importsOf } from './imports.ts'
import { newImportOf } from './newImport.ts'
import { Reading } from './Reading.tsx'
import { Sending } from './Sending.tsx'

/** Comments brought from elsewhere, and taken along. */
export function ImportsPage() {
  const desk = useDesk()
  const imports = use(importsOf)
  const { phase } = use(newImportOf)
  const site = siteAt(desk)
  const w = words('imports')
  return (
    <RecordList
      title={words().places.imports}
      note={w.about}
      none={w.none}
      ownersOnly={w.ownersOnly}
      list={imports.list}
      query={`?site=${encodeURIComponent(site)}`}
      row={(one) => <ImportRow key={one.id} import={one} />}
    >
      <div class="log-filters">
        <OneSite label={w.site} />
      </div>
      <section class="import" aria-labelledby="import-heading">
        <h2 id="import-heading">{w.bring}</h2>
        {phase.value === 'choosing' && <FileDrop site={site} />}
        {(phase.value === 'reading' || phase.value === 'looking') && <Reading />}
        {(phase.value === 'sending' || phase.value === 'done') && <Sending />}
      </section>
      <Exports key={site} site={site} />
      <h2>{w.earlier}</h2>
    </RecordList>
  )
}
