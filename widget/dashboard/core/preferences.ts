import { effect, signal } from '@preact/signals'
import { languageOf } from '../../common/i18n.ts'

/** The languages of the desk. */
export type Language = 'en' | 'ja'

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

interface Kept {
  language?: Language
  theme?: Theme
  oneKey?: boolean
}

const store = 'hankyo.dashboard'

function kept(): Kept {
  try {
    return JSON.parse(localStorage.getItem(store) ?? '{}') ?? {}
  } catch {
    return {}
  }
}

const before = kept()

/** The language of the desk: the browser's, until another is chosen. */
export const language = signal<Language>(
  before.language ?? (languageOf(navigator.language).language === 'ja' ? 'ja' : 'en'),
)
export const theme = signal<Theme>(before.theme ?? 'auto')
/** Whether one-key shortcuts act; they can be turned off (WCAG 2.1.4). */
export const oneKey = signal(before.oneKey ?? true)

effect(() => {
  const now: Kept = { language: language.value, theme: theme.value, oneKey: oneKey.value }
  document.documentElement.lang = now.language as Language
  document.documentElement.dataset.theme = now.theme
  try {
    localStorage.setItem(store, JSON.stringify(now))
  } catch {
    // Storage is refused: the choice lasts as long as the page.
  }
})
