import { parseAccept } from 'hono/utils/accept'
import { languageOf } from '../../widget/common/i18n.ts'

/** The languages of an `Accept-Language`, the one that is liked most first. */
export const languagesLiked = (acceptLanguage = ''): string[] =>
  parseAccept(acceptLanguage).flatMap(({ type, q }) => (q > 0 && /^[\w-]{1,35}$/.test(type) ? [type] : []))

/** The first language of an `Accept-Language` that there are words in, by how much it is liked. */
export function preferred(acceptLanguage = ''): string | undefined {
  return parseAccept(acceptLanguage).find(({ type, q }) => q > 0 && isSpoken(type))?.type
}

const isSpoken = (tag: string) =>
  /^[\w-]{1,35}$/.test(tag) && (languageOf(tag).language !== 'en' || /^en\b/i.test(tag))
