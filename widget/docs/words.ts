import { signal } from '@preact/signals'
import { languageOf } from '../common/i18n.ts'
import en from './locales/en.json'
import ja from './locales/ja.json'

const locales = { en, ja }
export type PageLanguage = keyof typeof locales

const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language

/** The language of the page itself. */
export const language = signal<PageLanguage>(languageOf(asked).language === 'ja' ? 'ja' : 'en')

/** The page's words; reading them in a component subscribes it. */
export const words = () => locales[language.value]
