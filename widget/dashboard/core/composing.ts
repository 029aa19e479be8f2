/** Whether a key is the input method's, which composes a word by it. Safari says so of the last one by its code alone. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229

/** What keys do in something that is open: Escape closes it and does nothing else; while a word is composed it is the word's. */
export const onEscape = (close: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'Escape' || isComposing(event)) return
  event.preventDefault()
  event.stopPropagation()
  close()
}
