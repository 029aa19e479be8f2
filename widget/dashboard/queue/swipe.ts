import { isRightToLeft } from '../core/words.ts'

/** Which way a row is pushed: to where its lines begin, or to where they end. */
export type Way = 'start' | 'end'

/** CSS pixels after which a touch goes one way or the other, and after which letting go decides. */
const telling = 10
const enough = 96

/** Pixels at the sides of the window, where the system's own gestures begin. */
const edge = 24

interface Touch {
  pointer: number
  x: number
  y: number
  pushed: boolean
}

/**
 * Lets a finger push a row to a side, until the returned function is called. A touch that first goes up or down, or as
 * much as sideways, belongs to the page and decides nothing; so does one that begins in what scrolls or is pressed.
 *
 * @param may whether that way does anything now
 */
export function listenForSwipes(row: HTMLElement, may: (way: Way) => boolean, done: (way: Way) => void) {
  let touch: Touch | null = null

  function onDown(event: PointerEvent) {
    const { pointerType, clientX: x, clientY: y, target } = event
    if (touch) return end()
    const taken = (target as Element).closest('button, input, select, textarea, label, a, pre, .reasons')
    if (pointerType !== 'touch' || taken || x < edge || x > innerWidth - edge) return
    touch = { pointer: event.pointerId, x, y, pushed: false }
  }

  function onMove(event: PointerEvent) {
    if (!touch || event.pointerId !== touch.pointer) return
    const [across, along] = [event.clientX - touch.x, event.clientY - touch.y]
    if (!touch.pushed) {
      if (Math.hypot(across, along) < telling) return
      if (Math.abs(across) < 2 * Math.abs(along) || !may(wayOf(across))) return end()
      touch.pushed = true
      row.setPointerCapture?.(touch.pointer)
    }
    const way = wayOf(across)
    const by = may(way) ? across : 0
    row.dataset.swipe = way
    row.classList.toggle('far', Math.abs(by) >= enough)
    row.style.setProperty('--swipe', `${by}px`)
  }

  function onUp(event: PointerEvent) {
    if (!touch || event.pointerId !== touch.pointer) return
    const across = event.clientX - touch.x
    const decides = touch.pushed && Math.abs(across) >= enough && may(wayOf(across))
    end()
    if (decides) done(wayOf(across))
  }

  function end() {
    touch = null
    delete row.dataset.swipe
    row.classList.remove('far')
    row.style.removeProperty('--swipe')
  }

  const listeners = { pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: end }
  const each = Object.entries(listeners) as [string, EventListener][]
  for (const [name, listener] of each) row.addEventListener(name, listener)
  row.style.touchAction = 'pan-y pinch-zoom'
  return () => {
    row.style.touchAction = ''
    for (const [name, listener] of each) row.removeEventListener(name, listener)
  }
}

const wayOf = (across: number): Way => (across > 0 === isRightToLeft.peek() ? 'start' : 'end')
