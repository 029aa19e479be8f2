import type { Model } from '../../model/model.ts'
import type { Branch } from '../../model/tree.ts'
import { closeActs } from './closeActs.ts'
import { copyLink } from './copyLink.ts'
import { Quote } from './quoting.tsx'
import { ReportForm } from './ReportForm.tsx'

/**
 * What else can be done about a comment: once asked for, to copy its link and to report it; its replies can be hidden by
 * the line below its disc; what is selected in it can be quoted.
 */
export function Acts({ model, branch }: { model: Model; branch: Branch }) {
  const { say, acting, report, folded, told } = model
  const { id } = branch.comment
  const count = countReplies(branch)
  const hidden = count > 0 && folded?.has(id)
  const words = told?.id === id && told.words
  return (
    <>
      {count > 0 && !hidden && (
        <button
          type="button"
          class="fold"
          id={`fold-${id}`}
          part="fold"
          aria-expanded={true}
          aria-label={say('collapse')}
          title={say('collapse')}
          onClick={() => toggleReplies(model, id)}
        />
      )}
      <Quote model={model} id={id} />
      {(words || hidden || acting === id) && (
        <div class="actions">
          {words && <span class="quiet">{words}</span>}
          {acting === id && !report && (
            <>
              <button
                type="button"
                onClick={() => {
                  closeActs(model, id)
                  copyLink(model, id)
                }}
              >
                {say('link')}
              </button>
              <button
                type="button"
                id={`report-${id}`}
                onClick={() => {
                  model.report = { id, note: '' }
                  model.focus = `why-${id}`
                  model.changed()
                }}
              >
                {say('report')}
              </button>
            </>
          )}
          {report?.id === id && <ReportForm model={model} report={report} />}
          {hidden && (
            <button
              type="button"
              id={`fold-${id}`}
              aria-expanded={false}
              onClick={() => toggleReplies(model, id)}
            >
              {say('expand', { count })}
            </button>
          )}
        </div>
      )}
    </>
  )
}

/** Replies below a comment, those that are not loaded among them. */
const countReplies = ({ replies, rest, root }: Branch): number =>
  replies.reduce(
    (sum, reply) => sum + Number(!reply.comment.gone) + countReplies(reply),
    root ? 0 : Math.max(rest, 0),
  )

function toggleReplies(model: Model, id: string): void {
  model.folded ??= new Set()
  if (!model.folded.delete(id)) model.folded.add(id)
  model.focus = `fold-${id}`
  model.changed()
}
