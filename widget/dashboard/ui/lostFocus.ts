import { useEffect, useRef } from 'preact/hooks'

/** Gives the focus to `heir` when a change has taken what had it from the page. */
export function useLostFocus(heir: () => HTMLElement | null | undefined, change: unknown) {
  const before = useRef(change)
  useEffect(() => {
    if (before.current === change) return
    before.current = change
    if (document.activeElement === document.body) heir()?.focus()
  })
}
