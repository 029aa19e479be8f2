import type { SurveySample } from '../../../worker/importers/plan/survey.ts'
import { contentOf } from '../../common/markdown.ts'
import { words } from '../core/words.ts'
import { Time } from '../ui/Time.tsx'
import { Visible, VisibleContent } from '../ui/Visible.tsx'

/** Some comments of a file as readers would see them, but for what hides from them. */
export function Samples({ samples }: { samples: SurveySample[] }) {
  const w = words('imports')
  return (
    <details open>
      <summary>{w.samples}</summary>
      <ul class="samples">
        {samples.map(({ key, author, body, createdAt, status, line }) => (
          <li key={line}>
            <p class="quiet">
              <bdi class="name">
                <Visible text={author} />
              </bdi>{' '}
              <Time at={createdAt} absolute /> · {words().status[status]} ·{' '}
              <bdi>
                <Visible text={key} />
              </bdi>
            </p>
            <div class="body" dir="auto">
              <VisibleContent nodes={contentOf(body)} />
            </div>
          </li>
        ))}
      </ul>
    </details>
  )
}
