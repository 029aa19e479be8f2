/** Within how long and how near a second click counts as the end of a double click: milliseconds and CSS pixels. */
const near = { time: 500, distance: 8 }

/**
 * Drops the second half of a double click on a button, until the returned function is called. What the second
 * click meets may be another button by then: that of the next comment. Keys that press a button are not clicks.
 */
export function dropDoubleClicks(): () => void {
  let last = { at: Number.NEGATIVE_INFINITY, x: 0, y: 0 }
  function onClick(event: MouseEvent) {
    if (event.detail === 0 || !(event.target as Element).closest('button')) return
    const { timeStamp: at, clientX: x, clientY: y } = event
    const isSecond = at - last.at < near.time && Math.hypot(x - last.x, y - last.y) < near.distance
    if (!isSecond) {
      last = { at, x, y }
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  document.addEventListener('click', onClick, true)
  return () => document.removeEventListener('click', onClick, true)
}
