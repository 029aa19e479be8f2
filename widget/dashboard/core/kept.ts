import { type Language, languages } from '../../../worker/contract/languages.ts'
import { languageOf } from '../../common/i18n.ts'

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** What this browser keeps of how its user likes the desk. */
export interface Kept {
  language?: Language
  theme?: Theme
  oneKey?: boolean
  swipes?: boolean
}

const store = 'hankyo.dashboard'

/** The preferences that were kept; none where storage is refused. */
export function kept(): Kept {
  try {
    return JSON.parse(localStorage.getItem(store) ?? '{}') ?? {}
  } catch {
    return {}
  }
}

/** Keeps the preferences. Where storage is refused, they last as long as the page. */
export function keep(now: Kept): void {
  try {
    localStorage.setItem(store, JSON.stringify(now))
  } catch {}
}

/** The language to begin with: the one chosen here before, else the first of the browser's that the desk speaks. */
export function firstLanguage(): Language {
  const liked = navigator.languages.flatMap((tag) => {
    const { language } = languageOf(tag)
    return language !== 'en' || /^en\b/i.test(tag) ? [language] : []
  })
  for (const one of [kept().language, ...liked]) {
    const spoken = languages.find((name) => name === one)
    if (spoken) return spoken
  }
  return 'en'
}
