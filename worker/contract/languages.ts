/**
 * The languages that readers are spoken to in. Each has its words in `widget/common/locales/`; attributes, pages,
 * feeds, documentation and tests follow from this list.
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

/** Those that staff are spoken to in at the dashboard. Each has its words in `widget/dashboard/locales/`. */
export const dashboardLanguages = [
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
] as const satisfies Language[]

export type DashboardLanguage = (typeof dashboardLanguages)[number]
