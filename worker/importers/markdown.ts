import { contentOfHtml, type HtmlOptions } from './html/content.ts'
import { written } from './html/written.ts'

/**
 * HTML as the Markdown that comments are written in. It keeps what that can have: paragraphs and line breaks, links, code,
 * quotes, lists and emphasis. Pictures become links, those of emoji their text; scripts and styles go. Whatever else there
 * is stays as text, and looks as it looked, whatever signs it has. It takes time by the length of its input.
 *
 * @param html a body whose form is `html` or `lines`
 */
export function markdownOf(html: string, options: HtmlOptions = {}): string {
  return written(contentOfHtml(html, options)).replace(/\p{Surrogate}/gu, '\ufffd')
}
