import { parseAccept } from 'hono/utils/accept'
import { languageOf } from '../../widget/common/i18n.ts'
import type { Language } from '../contract/languages.ts'

/** The languages of an `Accept-Language`, the one that is liked most first. */
export const languagesLiked = (acceptLanguage = ''): string[] =>
  parseAccept(acceptLanguage).flatMap(({ type, q }) => (q > 0 && /^[\w-]{1,35}$/.test(type) ? [type] : []))

/** The first language of an `Accept-Language` that there are words in, by how much it is liked. */
export function preferred(acceptLanguage = ''): string | undefined {
  return parseAccept(acceptLanguage).find(({ type, q }) => q > 0 && isSpoken(type))?.type
}

/** The first of some languages that there are words in; English where there are none in any. */
export const spoken = (tags: (string | null)[]): Language =>
  languageOf(tags.find((tag) => tag !== null && isSpoken(tag)) ?? 'en').language

const isSpoken = (tag: string) =>
  /^[\w-]{1,35}$/.test(tag) && (languageOf(tag).language !== 'en' || /^en\b/i.test(tag))
