import type { Survey } from '../../../worker/importers/plan/survey.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { Visible } from '../ui/Visible.tsx'
import { Figures } from './Figures.tsx'
import { newImportOf } from './newImport.ts'

/** What of a file is not brought or not as it stands there, and why. */
export function LeftOut({ survey }: { survey: Survey }) {
  const w = words('imports')
  const { leftOut, broken, parents, times, mended, repeatedIds } = survey
  const reasons = (Object.keys(w.reasons) as (keyof typeof w.reasons)[]).filter((reason) => leftOut[reason])
  const warnings = use(newImportOf).opened.value?.warnings ?? []
  const orphans = parents.missing + parents.leftOut + parents.elsewhere + parents.circles
  const { hidden } = parents
  const { future, impossible } = times
  const changes = { orphans, hidden, repeatedIds, future, impossible, ...mended }
  const names = Object.keys(w.changes) as (keyof typeof w.changes)[]
  const isChanged = names.some((name) => changes[name] > 0) || warnings.length > 0
  return (
    <>
      {reasons.length > 0 && (
        <>
          <h4>{w.leftOut}</h4>
          <Figures of={reasons.map((reason) => [w.reasons[reason], leftOut[reason] ?? 0])} />
        </>
      )}
      {isChanged && (
        <>
          <h4>{w.changed}</h4>
          <Figures of={names.map((name) => [w.changes[name], changes[name]])} />
          <ul class="told">
            {warnings.map(({ code, file, what }) => (
              <li key={`${code} ${file}`}>{formatMessage(w.warnings[code], { file, what })}</li>
            ))}
          </ul>
        </>
      )}
      {broken.count > 0 && (
        <details open>
          <summary>{formatMessage(w.broken, { count: broken.count })}</summary>
          <ul class="told">
            {broken.first.map(({ line, message }) => (
              <li key={`${line} ${message}`}>
                {line > 0 && <b>{formatMessage(w.line, { count: line })} </b>}
                <bdi lang="en">
                  <Visible text={message} />
                </bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
