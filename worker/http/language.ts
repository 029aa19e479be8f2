import { parseAccept } from 'hono/utils/accept'
import { languageOf } from '../../widget/common/i18n.ts'

/** The first language of an `Accept-Language` that there are words in, by how much it is liked. */
export function preferred(acceptLanguage = ''): string | undefined {
  return parseAccept(acceptLanguage).find(({ type, q }) => q > 0 && isSpoken(type))?.type
}

const isSpoken = (tag: string) =>
  /^[\w-]{1,35}$/.test(tag) && (languageOf(tag).language !== 'en' || /^en\b/i.test(tag))
