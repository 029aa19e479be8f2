import '../styles/imports.css'
import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { OneSite, siteAt } from '../ui/OneSite.tsx'
import { Exports } from './Exports.tsx'

/** Comments taken along. */
export function ImportsPage() {
  const desk = useDesk()
  const site = siteAt(desk)
  const w = words('imports')
  if (desk.session.session.value?.moderator.role !== 'owner') return <p class="state calm">{w.ownersOnly}</p>
  return (
    <section class="page">
      <h1>{words().places.imports}</h1>
      <div class="log-filters">
        <OneSite label={w.site} />
      </div>
      <Exports key={site} site={site} />
    </section>
  )
}
