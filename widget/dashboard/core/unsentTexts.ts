/** Texts that were begun at the desk and not sent, as its fields have them. */
export function unsentTexts(): string[] {
  const fields = document.querySelectorAll<HTMLTextAreaElement>('.board :is(article, aside) textarea')
  return Array.from(fields, ({ value }) => value.trim()).filter(Boolean)
}
