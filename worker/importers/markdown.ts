import type { SourceComment } from './entry.ts'
import { contentOfHtml, type HtmlOptions } from './html/content.ts'
import { written } from './html/written.ts'

/** What a comment of a file says, as the Markdown that it is stored as: what is no HTML stays byte for byte. */
export function markdownBody({ body, form, page }: Pick<SourceComment, 'body' | 'form' | 'page'>): string {
  if (form !== 'html' && form !== 'lines') return body
  const base = /^https?:\/\//i.test(page.address) ? page.address : undefined
  return markdownOfHtml(body, { lines: form === 'lines', base })
}

/**
 * HTML as the Markdown that comments are written in. It keeps what that can have: paragraphs and line breaks, links, code,
 * quotes, lists and emphasis. Pictures become links, those of emoji their text; scripts and styles go. Whatever else there
 * is stays as text, and looks as it looked, whatever signs it has. It takes time by the length of its input.
 */
export function markdownOfHtml(html: string, options: HtmlOptions = {}): string {
  return written(contentOfHtml(html, options)).replace(/\p{Surrogate}/gu, '\ufffd')
}
