import { useEffect } from 'preact/hooks'
import { canonicalKey } from '../../../worker/contract/canonicalKey.ts'
import { readableKey } from '../../../worker/contract/readableKey.ts'
import type { SurveyPage } from '../../../worker/importers/plan/survey.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { Visible } from '../ui/Visible.tsx'
import { newImportOf } from './newImport.ts'
import { PageName } from './PageName.tsx'
import { pageCheckOf, type Strayed } from './pageCheck.ts'

/** Whether the pages that get comments are there, as the site itself says. */
export function PageChecks({ pages }: { pages: SurveyPage[] }) {
  const check = use(pageCheckOf)
  const making = use(newImportOf)
  const w = words('imports').check
  const progress = check.progress.value
  const report = check.report.value
  const error = check.error.value
  useEffect(() => check.forget, [check, pages])

  /** Sends comments to where pages lead. */
  function follow(strayed: Strayed[]) {
    const rules = strayed.flatMap(({ page, to }) =>
      to ? [{ from: page.address || page.key, to: canonicalKey(to) }] : [],
    )
    const known = new Set(rules.map(({ from }) => from))
    making.choose({
      pages: [...making.choices.peek().pages.filter(({ from }) => !known.has(from)), ...rules],
    })
  }

  const moved = report?.strayed.filter(({ state }) => state === 'moved') ?? []
  return (
    <div class="flow">
      <p class="acts">
        {progress ? (
          <button type="button" onClick={check.cancel}>
            {words('imports').cancel}
          </button>
        ) : (
          <button type="button" onClick={() => check.check(making.site.peek(), pages)}>
            {w.start}
          </button>
        )}
        {progress && <progress max={Math.max(progress.all, 1)} value={progress.done} aria-label={w.start} />}
      </p>
      {error && (
        <p class="error" role="alert">
          {formatMessage(w.failed, { error: errorWords(error) })}
        </p>
      )}
      <p role="status">{report && reportWords(report)}</p>
      {report && report.strayed.length > 0 && (
        <ul class="told">
          {report.strayed.slice(0, 100).map(({ page, state, to, detail }) => (
            <li key={page.key}>
              <PageName page={page} /> {w.states[state as keyof typeof w.states]}
              {to && (
                <bdi>
                  {' '}
                  <Visible text={readableKey(to)} />
                </bdi>
              )}
              {detail && (
                <span class="quiet" lang="en">
                  {' '}
                  ({detail})
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {moved.length > 0 && (
        <button type="button" onClick={() => follow(moved)}>
          {w.follow}
        </button>
      )}
    </div>
  )
}

function reportWords({
  pages,
  found,
  strayed,
  unasked,
}: NonNullable<ReturnType<typeof pageCheckOf>['report']['value']>) {
  const w = words('imports').check
  const of = (...states: string[]) => strayed.filter(({ state }) => states.includes(state)).length
  const parts: [keyof typeof w.report, number][] = [
    ['pages', pages],
    ['found', found],
    ['missing', of('not_found')],
    ['moved', of('moved', 'moved_away')],
    ['unreachable', of('unreachable')],
    ['unasked', unasked],
  ]
  return parts
    .filter(([name, count]) => count > 0 || name === 'pages' || name === 'missing')
    .map(([name, count]) => formatMessage(w.report[name], { count }))
    .join(' · ')
}
