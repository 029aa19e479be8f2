/**
 * Attributes of a button that does nothing for as long as it is held, while something is at work. It keeps the focus,
 * which browsers take from a button that is disabled.
 */
export const held = (isHeld: boolean) =>
  isHeld ? { 'aria-disabled': true as const, onClickCapture: drop } : {}

function drop(event: Event) {
  event.preventDefault()
  event.stopImmediatePropagation()
}
