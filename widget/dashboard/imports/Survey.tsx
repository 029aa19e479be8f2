import { statuses } from '../../../worker/contract/status.ts'
import { capital } from '../core/findings.ts'
import { tag, words } from '../core/words.ts'
import { absoluteTime } from '../core/zone.ts'
import { Figures } from './Figures.tsx'
import { LeftOut } from './LeftOut.tsx'
import { PageList } from './PageList.tsx'
import type { Looked } from './reading/messages.ts'
import { Samples } from './Samples.tsx'

/** What would become of a file. */
export function Survey({ looked: { survey, pages } }: { looked: Looked }) {
  const w = words('imports')
  const { comments, known, decided, times } = survey
  const { status: stateOf } = words()
  const written =
    times.earliest && times.latest
      ? [times.earliest, times.latest].map((at) => absoluteTime(at, tag())).join(' – ')
      : ''
  return (
    <div class="survey flow">
      <Figures
        of={[
          [w.format, survey.formatName],
          [w.toCome, comments - (known ?? 0)],
          [w.known, known ?? 0],
          [w.pages, survey.pages.count],
          [w.written, written],
          [w.teaches, decided],
        ]}
      />
      {comments > 0 && comments === known && <p>{w.allKnown}</p>}
      {comments === 0 ? (
        <p>{w.nothing}</p>
      ) : (
        <Figures of={statuses.map((status) => [capital(stateOf[status]), survey.statuses[status]])} />
      )}
      <LeftOut survey={survey} />
      {comments > 0 && <PageList survey={survey} pages={pages} />}
      {survey.samples.length > 0 && <Samples samples={survey.samples} />}
    </div>
  )
}
