import type { Model } from '../../model/model.ts'
import { insertText } from './insertText.ts'

/** Pastes rich text as Markdown; where that cannot be had, as the text it is. */
export function paste(model: Model, event: ClipboardEvent): void {
  const { clipboardData } = event
  const field = event.currentTarget as HTMLTextAreaElement
  const html = clipboardData?.getData('text/html')
  const plain = clipboardData?.getData('text/plain') ?? ''
  if (!html || !/<(a|b|strong|i|em|code|pre|ul|ol|blockquote|p|h\d)\b/i.test(html)) return
  event.preventDefault()
  model
    .load('pastedMarkdown')
    .then(({ markdownOf }) => markdownOf(html) || plain)
    .catch(() => plain)
    .then((text) => insertText(field, text))
}
