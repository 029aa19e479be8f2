import { readableKey } from '../../../worker/contract/readableKey.ts'
import type { SurveyPage } from '../../../worker/importers/plan/survey.ts'
import { Visible } from '../ui/Visible.tsx'

/** A page by its title, with what it is here beneath. */
export function PageName({ page: { key, title } }: { page: SurveyPage }) {
  return (
    <>
      {title && (
        <bdi>
          <Visible text={title} />
        </bdi>
      )}
      <span class="quiet key-name">
        <bdi>
          <Visible text={readableKey(key)} />
        </bdi>
      </span>
    </>
  )
}
