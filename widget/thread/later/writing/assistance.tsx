import { Content } from '../../../common/content.tsx'
import type { Draft } from '../../model/draft.ts'
import type { Loadable } from '../../model/loadable.ts'
import type { Model } from '../../model/model.ts'

/** What makes the content of a comment; the worker uses the same. */
let markdown: Loadable<Model>['markdown'] | undefined

/** Shows how to format, or no longer. */
export function toggleHelp(model: Model, draft: Draft): void {
  draft.help = !draft.help
  model.changed()
}

/** Shows what a text will look like, or no longer. */
export async function togglePreview(model: Model, draft: Draft): Promise<void> {
  try {
    markdown ??= await model.load('markdown')
    draft.preview = !draft.preview
  } catch {
    draft.errors[''] = { code: 'unavailable' }
  }
  model.changed()
}

/** How to format, and what the text will look like, where they are asked for. */
export function Assistance({ model: { say }, draft }: { model: Model; draft: Draft }) {
  return (
    <>
      {draft.help && <p class="quiet notice plain">{say('helpText')}</p>}
      {draft.preview && markdown && (
        <section class="text notice" part="preview" dir="auto" aria-label={say('preview')}>
          <Content nodes={markdown.contentOf(draft.body)} />
        </section>
      )}
    </>
  )
}
