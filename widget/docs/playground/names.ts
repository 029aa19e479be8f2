import { languages } from '../../../worker/contract/languages.ts'

/** The attributes of `<hankyo-thread>`, and what they may be; an empty list takes any text. */
export const attributes = {
  site: [],
  key: [],
  lang: languages,
  theme: ['auto', 'light', 'dark'],
  sort: ['oldest', 'newest', 'top'],
  heading: [],
  loading: ['lazy', 'eager'],
} as const
export type Attribute = keyof typeof attributes

/** `rtl` for a language that is written from right to left, else undefined. */
export const directionOf = (lang: string | undefined): 'rtl' | undefined =>
  lang && /^(Arab|Hebr|Thaa|Syrc|Nkoo)$/.test(new Intl.Locale(lang).maximize().script ?? '')
    ? 'rtl'
    : undefined

/** What a thread has where nothing else is said, so that the snippet need not say it. */
export const defaults: Partial<Record<Attribute, string>> = { theme: 'auto', sort: 'oldest', loading: 'lazy' }

/** The custom properties that change how a thread looks, and what they are. */
export const properties = {
  accent: 'color',
  ink: 'color',
  quiet: 'color',
  line: 'color',
  wash: 'color',
  good: 'color',
  warn: 'color',
  bad: 'color',
  font: 'text',
  size: 'text',
  'line-height': 'text',
  radius: 'text',
  space: 'text',
  'scroll-margin': 'text',
} as const
export type Property = keyof typeof properties

/** The pieces of a thread that a page's style sheet reaches by `::part()`. */
export const parts = [
  'thread',
  'heading',
  'comment',
  'disc',
  'name',
  'badge',
  'time',
  'state',
  'text',
  'actions',
  'composer',
  'field',
  'submit',
  'preview',
  'fold',
  'quote',
  'report',
  'fresh',
] as const
