import en from './locales/en.json'
import ja from './locales/ja.json'

/** The words of what scripts draw, in the language of the page. */
export const words = document.documentElement.lang === 'ja' ? ja : en
