/**
 * The languages that people are spoken to in. Each has its words for readers in `widget/common/locales/` and for staff in
 * `widget/dashboard/locales/`; attributes, pages, feeds, documentation and tests follow from this list.
 */
export const languages = [
  'en',
  'ja',
  'zh-Hans',
  'zh-Hant',
  'ko',
  'de',
  'fr',
  'es',
  'pt-BR',
  'ru',
  'ar',
  'id',
] as const

export type Language = (typeof languages)[number]
