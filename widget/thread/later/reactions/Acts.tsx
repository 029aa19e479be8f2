import { loadWriting } from '../../model/loading.ts'
import type { Model } from '../../model/model.ts'
import type { Branch } from '../../model/tree.ts'
import { announceBeside } from './announceBeside.ts'
import { ReportForm } from './ReportForm.tsx'

/** Opens or closes what else can be done about a comment; rejects without the styles of forms, which it needs. */
export async function toggleActs(model: Model, id: string): Promise<void> {
  await loadWriting(model)
  model.acting = model.acting === id ? undefined : id
  delete model.told
  model.report = undefined
}

/** What else can be done about a comment, once asked for; and the way back to replies that are hidden. */
export function Acts({ model, branch }: { model: Model; branch: Branch }) {
  const { say, acting, report, folded, told } = model
  const { comment, replies, rest } = branch
  const { id } = comment
  const hidden = folded?.has(id)
  const words = told?.id === id && told.words
  if (acting !== id && !hidden && !words) return null
  const count = Math.max(comment.replies.count, replies.length)
  return (
    <div class="actions">
      {words && <span class="quiet">{words}</span>}
      {acting === id && !report && (
        <>
          <button type="button" onClick={() => copyLink(model, id)}>
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
      {(hidden || (acting === id && !report && (replies[0] || rest > 0))) && (
        <button type="button" aria-expanded={!hidden} onClick={() => toggleReplies(model, id)}>
          {hidden ? say('expand', { count }) : say('collapse')}
        </button>
      )}
    </div>
  )
}

function toggleReplies(model: Model, id: string): void {
  model.folded ??= new Set()
  if (!model.folded.delete(id)) model.folded.add(id)
  model.acting = undefined
  model.changed()
}

async function copyLink(model: Model, id: string): Promise<void> {
  const link = new URL(location.href)
  link.hash = `comment-${id}`
  model.acting = undefined
  model.focus = `acts-${id}`
  try {
    await navigator.clipboard.writeText(link.href)
    announceBeside(model, id, model.say('copied'))
  } catch {
    // Where the clipboard is refused, the link is in the address bar.
    location.hash = link.hash
  }
}
