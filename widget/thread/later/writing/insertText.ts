/** Puts a text in the place of what is selected in a field, so that a key takes it back, and nothing else with it. */
export function insertText(field: HTMLTextAreaElement, text: string): void {
  const { activeElement } = field.getRootNode() as ShadowRoot
  if (activeElement === field) {
    endTyping(field)
    // There is no other way to write into the field's history.
    if (document.execCommand?.('insertText', false, text)) {
      endTyping(field)
      return
    }
  }
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

/** Browsers take back at once what was typed without a move of the cursor. */
function endTyping(field: HTMLTextAreaElement): void {
  const { selectionStart, selectionEnd } = field
  field.setSelectionRange(0, 0)
  field.setSelectionRange(selectionStart, selectionEnd)
}
