/** Elements that are of no use in a comment's text. */
export const dropped = new Set([
  ...['script', 'style', 'template', 'noscript', 'head', 'title', 'svg', 'select', 'input', 'rp', 'object'],
  ...['canvas', 'datalist', 'frameset', 'map', 'meta', 'link', 'base'],
])

/** Elements that begin and end paragraphs, and are nothing more here. */
export const blocks = new Set([
  ...['p', 'div', 'section', 'article', 'aside', 'header', 'footer', 'main', 'nav', 'address', 'center'],
  ...['figure', 'figcaption', 'details', 'summary', 'form', 'fieldset', 'legend', 'dl', 'dt', 'dd', 'li'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'hgroup', 'search', 'caption', 'menu', 'dir', 'body'],
])

export const strong = new Set(['b', 'strong', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'th'])
export const emphasis = new Set(['i', 'em', 'cite', 'dfn', 'var'])
export const code = new Set(['code', 'tt', 'kbd', 'samp'])
export const embedded = new Set(['iframe', 'video', 'audio', 'embed'])

/** An emoji that is drawn as a picture: by its class, its address or its alternative text. */
const emojiClass = /emoji|smil(ey|ies|e)|emoticon|emotion|sticker|owo/i
const emojiSource = /s\.w\.org\/images|twemoji|\/smilies\/|\/emoji/i
const emojiText =
  /^(:[^\s:]+:|\p{Emoji_Component}*[\p{Extended_Pictographic}\p{Regional_Indicator}][\p{Extended_Pictographic}\p{Emoji_Component}]*)$/u

/** Whether a picture stands for its alternative text. */
export const isEmoji = (picture: { alt: string; src: string; className: string }): boolean =>
  (picture.alt.length < 40 && emojiText.test(picture.alt)) ||
  emojiClass.test(picture.className) ||
  emojiSource.test(picture.src)

/**
 * An address as a link may have it: http, https or mailto, without credentials; null for any other.
 *
 * @param base the address of the page, to which paths are relative
 */
export function addressOf(href: string, base: string | undefined): string | null {
  const trimmed = href.trim()
  if (!URL.canParse(trimmed, base)) return null
  const url = new URL(trimmed, base)
  if (!/^(https?|mailto):$/.test(url.protocol) || url.username || url.password) return null
  return /^(https?:\/\/|mailto:)[!-~]+$/i.test(trimmed) && !/[<>"'`\\]/.test(trimmed) ? trimmed : url.href
}
