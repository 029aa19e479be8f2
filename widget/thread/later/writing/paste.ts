import type { Draft } from '../../model/draft.ts'
import { typeInto } from '../../model/drafts.ts'
import type { Model } from '../../model/model.ts'

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
    typeInto(model, draft, 'body', field.value)
  }
  model
    .load('pastedMarkdown')
    .then(({ markdownOf }) => put(markdownOf(html) || plain))
    .catch(() => put(plain))
}
