import { useLayoutEffect, useRef } from 'preact/hooks'

/** The row of the comment in hand, where one is listed. */
export const rowInHand = () => document.querySelector<HTMLElement>('.comments article[aria-current]')

/** Keeps the row in hand in sight when a change of the list moves it; whoever has scrolled away from it is left there. */
export function useRowInSight(change: unknown): void {
  const before = useRef(change)
  const wasInSight = useRef(false)
  const hasChanged = before.current !== change
  before.current = change
  // While this runs, the list on screen is still the one before.
  if (hasChanged) wasInSight.current = isInSight()
  useLayoutEffect(() => {
    if (wasInSight.current) rowInHand()?.scrollIntoView?.({ block: 'nearest' })
  }, [change])
}

function isInSight(): boolean {
  const box = rowInHand()?.getBoundingClientRect()
  return box !== undefined && box.bottom > 0 && box.top < innerHeight
}
