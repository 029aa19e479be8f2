import { languageOf } from '../../widget/common/i18n.ts'

/** The first language of an `Accept-Language` that there are words in, by how much it is liked. */
export function preferred(acceptLanguage = ''): string | undefined {
  const liked = acceptLanguage.split(',').flatMap((part) => {
    const [, tag, weight = '1'] = /^\s*([\w-]{1,35})\s*(?:;\s*q=([\d.]+))?\s*$/.exec(part) ?? []
    return tag && Number(weight) > 0 ? [{ tag, weight: Number(weight) }] : []
  })
  return liked.sort((one, other) => other.weight - one.weight).find(({ tag }) => isSpoken(tag))?.tag
}

const isSpoken = (tag: string) => languageOf(tag).language !== 'en' || /^en\b/i.test(tag)
