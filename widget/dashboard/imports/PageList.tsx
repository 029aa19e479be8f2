import { readableKey } from '../../../worker/contract/readableKey.ts'
import type { Survey, SurveyPage } from '../../../worker/importers/plan/survey.ts'
import { formatMessage, words } from '../core/words.ts'
import { Visible } from '../ui/Visible.tsx'
import { numberWords } from './numbers.ts'
import { PageChecks } from './PageChecks.tsx'
import { PageName } from './PageName.tsx'

/** Pages that are shown at once. */
const atFirst = 10

/** The pages that get comments: those with most, whose they are, and what the site says of them. */
export function PageList({ survey, pages }: { survey: Survey; pages: SurveyPage[] }) {
  const w = words('imports')
  const { most, merged, closed, hosts, pathless } = survey.pages
  const foreign = hosts.filter(({ isOurs }) => !isOurs)
  return (
    <>
      <h4>{w.pages}</h4>
      {foreign.length > 0 && (
        <p class="warn">
          {formatMessage(w.foreign, { hosts: foreign.map(({ host }) => host).join(words().comma) })}
        </p>
      )}
      {pathless.count > 0 && (
        <p class="warn">
          <Visible
            text={formatMessage(w.pathless, {
              ...{ count: pathless.count, mapping: w.mapping.heading, page: pathless.first[0] ?? '' },
            })}
          />
        </p>
      )}
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{w.page}</th>
              <th scope="col">{w.inFile}</th>
              <th scope="col">{w.shownNow}</th>
              <th scope="col">{w.willShow}</th>
            </tr>
          </thead>
          <tbody>
            {most.slice(0, atFirst).map((page) => (
              <tr key={page.key}>
                <th scope="row">
                  <PageName page={page} />
                </th>
                <td>{numberWords(page.approved)}</td>
                <td>{page.there === null ? '–' : numberWords(page.there)}</td>
                <td>{page.willShow === null ? '–' : numberWords(page.willShow)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {survey.pages.count > atFirst && (
        <p class="quiet">{formatMessage(w.morePages, { count: survey.pages.count - atFirst })}</p>
      )}
      {closed > 0 && <p class="quiet">{formatMessage(w.closed, { count: closed })}</p>}
      {merged.count > 0 && (
        <details>
          <summary>{formatMessage(w.merged, { count: merged.count })}</summary>
          <ul class="told">
            {merged.first.map(({ key, addresses }) => (
              <li key={key}>
                <bdi>
                  <Visible text={readableKey(key)} />
                </bdi>{' '}
                <span class="quiet">
                  <bdi>
                    <Visible text={addresses.join(' · ')} />
                  </bdi>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <PageChecks pages={pages} />
    </>
  )
}
