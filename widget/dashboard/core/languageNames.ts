/** What a language calls itself, by its tag; a tag that says nothing stands for itself. */
export function nameOfLanguage(tag: string): string {
  try {
    const name = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag
    return name.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase(tag))
  } catch {
    return tag
  }
}
