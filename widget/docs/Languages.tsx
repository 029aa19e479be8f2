import { language, type PageLanguage } from './words.ts'

const names: Record<PageLanguage, string> = { en: 'English', ja: '日本語' }

/** The languages of the page, to choose from. */
export function Languages() {
  return (
    <nav aria-label="Language">
      {(Object.keys(names) as PageLanguage[]).map((name) => (
        <button
          key={name}
          type="button"
          lang={name}
          aria-pressed={name === language.value}
          onClick={() => {
            language.value = name
          }}
        >
          {names[name]}
        </button>
      ))}
    </nav>
  )
}
