import type { BulkPreview } from '../../../worker/contract/bulkActs.ts'
import { statuses } from '../../../worker/contract/status.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { Visible } from '../ui/Visible.tsx'

/** What an act on all comments that match would touch: how many of which status, on which pages, and some of them. */
export function Touched({ preview }: { preview: BulkPreview }) {
  const w = words('bulk')
  const number = (count: number) => count.toLocaleString(tag())
  const { matching, more, pages, sample } = preview
  return (
    <div class="touched">
      <p>
        <strong>{formatMessage(more ? w.more : w.matching, { count: matching })}</strong>
      </p>
      <dl class="facts">
        {statuses
          .filter((status) => preview.statuses[status] > 0)
          .map((status) => (
            <div key={status}>
              <dt>{words().status[status]}</dt>
              <dd>{number(preview.statuses[status])}</dd>
            </div>
          ))}
      </dl>
      {pages.length > 0 && (
        <>
          <h3>{w.pages}</h3>
          <dl class="facts">
            {pages.map((page) => (
              <div key={page.threadId}>
                <dt>
                  <bdi>
                    <Visible text={page.title} />
                  </bdi>
                </dt>
                <dd>{number(page.count)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {sample.length > 0 && (
        <>
          <h3>{w.sample}</h3>
          <ul class="sample">
            {sample.map((one) => (
              <li key={one.id}>
                <bdi class="name">
                  <Visible text={one.author} />
                </bdi>{' '}
                <bdi class="quiet">
                  <Visible text={one.excerpt} />
                </bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
