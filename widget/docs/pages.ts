export const languages = ['en', 'ja'] as const

/** The languages that the pages at `/docs` are written in. */
export type DocsLanguage = (typeof languages)[number]

/** A page at `/docs`; its text is `pages/LANGUAGE/NAME.md`. */
export interface Page {
  /** As the address has it. */
  name: string
  /** As the navigation has it. */
  title: Record<DocsLanguage, string>
}

/** The pages, in the order of the navigation. */
export const pages: Page[] = [
  { name: 'embed', title: { en: 'Embedding', ja: '埋め込み' } },
  { name: 'recipes', title: { en: 'Recipes', ja: '組み込み方' } },
  { name: 'moderating', title: { en: 'Moderating', ja: 'モデレーション' } },
  { name: 'people', title: { en: 'People', ja: 'メンバー' } },
  { name: 'screening', title: { en: 'Screening', ja: '自動審査' } },
  { name: 'operating', title: { en: 'Operating', ja: '運用' } },
  { name: 'backups', title: { en: 'Backups', ja: 'バックアップ' } },
  { name: 'moving', title: { en: 'Moving in', ja: '引っ越し' } },
  { name: 'leaving', title: { en: 'Leaving', ja: '出ていく' } },
  { name: 'mail', title: { en: 'Mail', ja: 'メール' } },
  { name: 'notifications', title: { en: 'Notifications', ja: '通知' } },
  { name: 'subscriptions', title: { en: 'Mail to readers', ja: '読者へのメール' } },
  { name: 'limits', title: { en: 'Limits and data', ja: '制限とデータ' } },
  { name: 'hosting', title: { en: 'Hosting', ja: '設置' } },
  { name: 'api', title: { en: 'API', ja: 'API' } },
]

/** The address of a page, seen from another, that keeps the language when it is followed. */
export function inLanguage(href: string, lang: string): string {
  const [path = '', hash] = href.split('#')
  return `${path}?lang=${lang}${hash ? `#${hash}` : ''}`
}
