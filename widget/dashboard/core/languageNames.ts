import type { DashboardLanguage } from '../../../worker/contract/languages.ts'

/** What a language calls itself. */
export function nameOfLanguage(language: DashboardLanguage): string {
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language
  return name.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(language))
}
