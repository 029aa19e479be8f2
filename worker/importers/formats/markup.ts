/** Elements that make paragraphs and lines: whoever writes them lets no line end count. */
export const block = /<\/?(p|br|div|blockquote|ul|ol|li|pre|h[1-6]|table)\b[^<>]*>/i

/** Elements within a line, and characters that are written for HTML. */
export const inline =
  /<\/?(a|b|i|u|s|strong|em|code|del|strike|span|font|img|small|big|q|cite|tt|sub|sup|kbd)(\s+[\w-]+(=("[^"]*"|'[^']*'|[^\s<>"']+))?)*\s*\/?>|&(amp|lt|gt|quot|nbsp|#\d+|#x[\da-f]+);/i
