import { Content } from '../../../common/content.tsx'
import { contentOf } from '../../../common/markdown.ts'
import type { Draft } from '../../model/draft.ts'
import type { Model } from '../../model/model.ts'

/** What a text will look like, in the place of its field, which the style sheet hides meanwhile. */
export function Preview({ model, draft }: { model: Model; draft: Draft }) {
  return (
    <section
      class="text notice"
      part="preview"
      dir="auto"
      aria-label={model.say('preview')}
      // The form below must not move.
      style={{ minBlockSize: `${draft.preview}px` }}
    >
      <Content nodes={contentOf(draft.body)} />
    </section>
  )
}
