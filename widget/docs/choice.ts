import { signal } from '@preact/signals'
import { languages } from '../../worker/contract/languages.ts'

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
  'report',
  'fresh',
] as const

/** A thread as it is tried out. */
export interface Choice {
  attributes: Partial<Record<Attribute, string>>
  properties: Partial<Record<Property, string>>
}

const asked = new URLSearchParams(location.search)

/** What is chosen now; the site may be asked for by the address. */
export const choice = signal<Choice>({
  attributes: { site: asked.get('site') ?? 'demo', key: asked.get('key') ?? '/docs/embed' },
  properties: {},
})

/** The column that the thread is tried in, and the page round it. */
export const column = signal(Math.min(680, Math.max(240, Math.floor(innerWidth / 10) * 10 - 90)))
export const paper = signal({ background: '#ffffff', ink: '#1f1e1c' })

/** Chooses an attribute or a property; an empty value takes it back. */
export function choose(kind: keyof Choice, name: Attribute | Property, value: string): void {
  const chosen: Partial<Record<string, string>> = { ...choice.value[kind], [name]: value }
  if (!value) delete chosen[name]
  choice.value = { ...choice.value, [kind]: chosen }
}
