import { contentHtml } from '../../widget/common/contentHtml.tsx'
import type { SiteComment } from '../store/siteComments.ts'

/** What XML 1.0 (§2.2) can't hold in any form: control characters, lone surrogates, non-characters. */
const impossible = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

/** A text as XML says it, in elements and in attributes. What XML cannot hold becomes U+FFFD. */
export const xmlText = (text: string): string =>
  text.replace(impossible, '\ufffd').replace(/[&<>"\r]/g, (letter) => entities[letter] as string)

/** An element that holds a text alone. */
export const element = (name: string, text: string | number): string =>
  `<${name}>${xmlText(String(text))}</${name}>`

/** What a comment says as HTML; nothing where its tree is damaged or it lost its words. */
export function htmlOf({ content }: SiteComment): string {
  try {
    return contentHtml(JSON.parse(content))
  } catch {
    return ''
  }
}
