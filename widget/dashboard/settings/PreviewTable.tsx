import type { PolicyPreview } from '../../../worker/contract/policyPreview.ts'
import { errorWords, formatMessage, own, tag, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { PreviewExamples } from './PreviewExamples.tsx'
import { outcomes, previewOf, reach } from './policyPreview.ts'

/** What the settings on screen would have done to comments that people decided. */
export function PreviewTable() {
  const preview = use(previewOf)
  const w = words()
  // What was worked out before a field went wrong is not about what stands there.
  const result = preview.stuck.value ? null : preview.result.value
  const phase = preview.phase.value
  const error = preview.error.value
  const stuck = preview.stuck.value
  const waiting = phase === 'loading' && !stuck
  return (
    <section class="preview" aria-label={words('settings').preview.title}>
      <h2>{words('settings').preview.title}</h2>
      {!result && waiting && <p class="late quiet">{w.loading}</p>}
      {phase === 'failed' && !stuck && (
        <div role="alert">
          <p class="error">
            {error && formatMessage(words('settings').preview.failed, { error: errorWords(error) })}
          </p>
          <button type="button" onClick={preview.retry}>
            {w.tryAgain}
          </button>
        </div>
      )}
      {stuck && (
        <p class="quiet">
          {formatMessage(words('settings').preview.stuck, {
            field: own<string>(words('settings').fields, stuck) ?? words('settings').who,
          })}
        </p>
      )}
      {result?.decided === 0 && <p class="quiet">{words('settings').preview.nothing}</p>}
      {result && result.decided > 0 && (
        <div class={waiting ? 'stale' : ''}>
          <Table result={result} />
          <p class="quiet" role="status">
            {waiting ? '' : summary(result, preview.proposing.value)}
          </p>
          <PreviewExamples result={result} />
        </div>
      )}
      <div class="progress">
        {waiting && preview.looked.value > 0 && (
          <progress
            class="late"
            max={reach}
            value={preview.looked.value}
            aria-label={formatMessage(words('settings').preview.looked, { count: preview.looked.value })}
          />
        )}
      </div>
    </section>
  )
}

function Table({ result }: { result: PolicyPreview }) {
  const w = words('settings').preview
  const signed = new Intl.NumberFormat(tag(), { signDisplay: 'exceptZero' })
  return (
    <table>
      <caption>{formatMessage(w.caption, { count: result.decided })}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{w.now}</th>
          <th scope="col">{w.proposed}</th>
          <th scope="col">{w.difference}</th>
        </tr>
      </thead>
      <tbody>
        {outcomes.map((name) => {
          const difference = result.proposed[name] - result.present[name]
          return (
            <tr key={name}>
              <th scope="row">{w.outcomes[name]}</th>
              <td>{result.present[name].toLocaleString(tag())}</td>
              <td>{result.proposed[name].toLocaleString(tag())}</td>
              <td class={difference ? 'moved' : 'quiet'}>{signed.format(difference)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** The table in one sentence. */
function summary({ present, proposed, differs }: PolicyPreview, proposing: boolean): string {
  const w = words('settings').preview
  if (!proposing) return w.asItIs
  if (outcomes.every((name) => present[name] === proposed[name])) return w.noChange
  return formatMessage(w.summary, { ...proposed, ...{ against: differs.published + differs.refused } })
}
