import { Content } from '../../common/content.tsx'
import { type Draft, write } from '../model/drafts.ts'
import type { Model } from '../model/model.ts'

let contentOf: typeof import('../../common/markdown.ts').contentOf

/** Makes a draft's preview anew, by what makes the comment of it. */
export function render(draft: Draft): void {
  draft.preview = contentOf(draft.body)
}

async function togglePreview(model: Model, draft: Draft): Promise<void> {
  try {
    contentOf ??= (await import('../../common/markdown.ts')).contentOf
    if (draft.preview) draft.preview = undefined
    else render(draft)
  } catch {
    draft.errors[''] = { code: 'unavailable' }
  }
  model.changed()
}

/** The buttons that help to write. */
export function Tools({ model, draft }: { model: Model; draft: Draft }) {
  const { say } = model
  return (
    <>
      <button
        type="button"
        aria-expanded={!!draft.help}
        onClick={() => {
          draft.help = !draft.help
          model.changed()
        }}
      >
        {say('help')}
      </button>
      <button type="button" aria-pressed={!!draft.preview} onClick={() => togglePreview(model, draft)}>
        {say('preview')}
      </button>
    </>
  )
}

/** How to format, and what the text will look like, where they are asked for. */
export function Preview({ model, draft }: { model: Model; draft: Draft }) {
  return (
    <>
      {draft.help && <p class="quiet notice plain">{model.say('helpText')}</p>}
      {draft.preview && (
        <section class="text notice" part="preview" dir="auto" aria-label={model.say('preview')}>
          <Content nodes={draft.preview} />
        </section>
      )}
    </>
  )
}

/** Pastes rich text as Markdown; where that cannot be had, as the text it is. */
export function paste(model: Model, draft: Draft, event: ClipboardEvent): void {
  const { clipboardData } = event
  const field = event.currentTarget as HTMLTextAreaElement
  const html = clipboardData?.getData('text/html')
  const plain = clipboardData?.getData('text/plain') ?? ''
  if (!html || !/<(a|b|strong|i|em|code|pre|ul|ol|blockquote|p|h\d)\b/i.test(html)) return
  event.preventDefault()
  const put = (text: string) => {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
    write(model, draft, 'body', field.value)
  }
  import('./pastedMarkdown.ts')
    .then(({ markdownOf }) => put(markdownOf(html) || plain))
    .catch(() => put(plain))
}
