/**
 * Within how long and how near a second click counts as the end of a double click: milliseconds and CSS pixels. A
 * finger is less exact than a mouse.
 */
const near = { time: 500, distance: 8, touched: 32 }

/**
 * Drops the second half of a double click or tap on a button, until the returned function is called; so of a key that
 * presses a button twice, or is held. What the second one meets may be another button by then: that of the next comment.
 */
export function dropDoubleClicks(): () => void {
  let last = { at: Number.NEGATIVE_INFINITY, x: 0, y: 0 }
  function onClick(event: MouseEvent) {
    if (event.detail === 0 || !(event.target as Element).closest('button')) return
    const { timeStamp: at, clientX: x, clientY: y } = event
    const distance = (event as PointerEvent).pointerType === 'touch' ? near.touched : near.distance
    const isSecond = at - last.at < near.time && Math.hypot(x - last.x, y - last.y) < distance
    if (!isSecond) {
      last = { at, x, y }
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  let pressed = Number.NEGATIVE_INFINITY
  function onKeyDown(event: KeyboardEvent) {
    // Who pressed another key meanwhile, such as Tab, went to this button.
    if (!['Enter', ' '].includes(event.key)) pressed = Number.NEGATIVE_INFINITY
    else if (!(event.target as Element).closest('button')) return
    else if (event.repeat || event.timeStamp - pressed < near.time) {
      event.preventDefault()
      event.stopPropagation()
    } else pressed = event.timeStamp
  }
  document.addEventListener('click', onClick, true)
  document.addEventListener('keydown', onKeyDown, true)
  return () => {
    document.removeEventListener('click', onClick, true)
    document.removeEventListener('keydown', onKeyDown, true)
  }
}
