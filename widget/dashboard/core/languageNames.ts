import type { Language } from '../../../worker/contract/languages.ts'

/** What a language calls itself. */
export function nameOfLanguage(language: Language): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language
  return name.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(language))
}
