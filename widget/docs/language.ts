/** Where this browser keeps the language that was chosen; no cookie, nothing is sent. */
const storage = 'hankyo:docs:language'

/** Remembers the language that is chosen by the switch, and goes back to it where an address names none. */
export function language(): void {
  for (const link of document.querySelectorAll<HTMLElement>('[data-language]'))
    link.addEventListener('click', () => remembered(link.dataset.language))
  const address = new URL(location.href)
  const chosen = remembered()
  if (address.searchParams.has('lang') || !chosen || chosen === document.documentElement.lang) return
  address.searchParams.set('lang', chosen)
  location.replace(address)
}

/** The language remembered, after that given; undefined where the browser keeps nothing for this page. */
function remembered(chosen?: string): string | null | undefined {
  try {
    if (chosen) localStorage.setItem(storage, chosen)
    return localStorage.getItem(storage)
  } catch {
    return undefined
  }
}
