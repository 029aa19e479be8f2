/** Puts a text in the place of what is selected in a field, as if it were typed: a key takes it back. */
export function insertText(field: HTMLTextAreaElement, text: string): void {
  const { activeElement } = field.getRootNode() as ShadowRoot
  // There is no other way to write into the field's history.
  if (activeElement === field && document.execCommand?.('insertText', false, text)) return
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
