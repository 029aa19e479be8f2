import type { SourceComment } from '../entry.ts'

/** Elements that make paragraphs and lines: whoever writes them lets no line end count. */
export const block = /<\/?(p|br|div|blockquote|ul|ol|li|pre|h[1-6]|table)\b[^<>]*>/i

/** Elements within a line, and characters that are written for HTML. */
export const inline =
  /<\/?(a|b|i|u|s|strong|em|code|del|strike|span|font|img|small|big|q|cite|tt|sub|sup|kbd)(\s+[\w-]+(=("[^"]*"|'[^']*'|[^\s<>"']+))?)*\s*\/?>|&(amp|lt|gt|quot|nbsp|#\d+|#x[\da-f]+);/i

const link = /<a\s[^<>]*\bhref\s*=/i

/** What a text is in a system of Markdown: HTML where another system wrote it so. Code may look alike. */
export function markdownOrHtml(text: string): SourceComment['form'] {
  const prose = text.replace(/(```|~~~)[\s\S]*?\1|`[^`\n]*`|^( {4}|\t).*$/gm, '')
  if (block.test(prose)) return 'html'
  return link.test(prose) ? 'lines' : 'markdown'
}
