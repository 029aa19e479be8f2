/**
 * Texts that were begun at the desk and not sent, as its fields have them, wherever they are. A field whose text is
 * stored has that as its `defaultValue`, and counts once it was changed.
 */
export function unsentTexts(): string[] {
  const fields = document.querySelectorAll<HTMLTextAreaElement>('textarea:not([readonly])')
  return Array.from(fields)
    .filter(({ value, defaultValue }) => value !== defaultValue)
    .map(({ value }) => value.trim())
    .filter(Boolean)
}
