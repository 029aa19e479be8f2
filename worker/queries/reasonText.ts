import { ownReason, type Wording } from '../contract/phrases.ts'
import { reasonsIn } from '../store/phrases.ts'

/** A refusal: the reason as it is stored, and what its site's own reasons are. */
interface Refused {
  reason: string | null
  siteReasons: string | null
}

/**
 * The reason that an author is told: a code that all have words for, or a sentence in their language.
 *
 * @param languages that they like, the best first
 */
export function reasonText({ reason, siteReasons }: Refused, languages: string[]): string | null {
  if (reason === null) return null
  const texts = reasonsIn(siteReasons).find(({ code }) => code === reason)?.texts ?? {}
  return inLanguage(texts, languages) ?? (ownReason.test(reason) ? null : reason.trimEnd())
}

/** What a wording says in the language that is liked best, else in any; nothing where it has none. */
export function inLanguage(texts: Wording, languages: string[]): string | undefined {
  const tags = Object.keys(texts)
  for (const liked of languages.map((tag) => tag.toLowerCase())) {
    const same = tags.find((tag) => tag.toLowerCase() === liked)
    const known = same ?? tags.find((tag) => primaryOf(tag) === primaryOf(liked))
    if (known !== undefined) return texts[known]
  }
  return texts[tags[0] ?? '']
}

const primaryOf = (tag: string) => tag.toLowerCase().split('-')[0]
