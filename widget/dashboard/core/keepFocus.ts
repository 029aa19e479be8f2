/** Milliseconds for which a part of the page may itself say where the focus goes. */
const patience = 100

const takesWords = 'input:not([type="hidden"]), textarea, select'

/**
 * Has no act leave the keyboard without a place, until the returned function is called: when what had the focus is taken
 * from the page, that goes to what stands there by the same name now, else to the nearest field or heading.
 */
export function keepFocus(): () => void {
  /** What has the focus, and all that it stands in, the nearest first. */
  let places: HTMLElement[] = []
  let name = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  function note({ target }: FocusEvent) {
    places = []
    if (!(target instanceof HTMLElement)) return
    for (let at: HTMLElement | null = target; at; at = at.parentElement) places.push(at)
    name = nameOf(target)
  }
  const forget = () => {
    places = []
  }
  const isLost = () => places[0]?.isConnected === false && document.activeElement === document.body

  function mend() {
    timer = undefined
    const [lost, ...around] = places
    if (!lost || !isLost()) return
    for (const place of around) {
      if (!place.isConnected || place === document.body) continue
      const same = Array.from(place.querySelectorAll<HTMLElement>(lost.tagName)).find(
        (one) => nameOf(one) === name,
      )
      const heir = same ?? place.querySelector<HTMLElement>(`${takesWords}, :is(h1, h2, h3)[tabindex]`)
      heir?.focus({ preventScroll: true })
      if (document.activeElement !== document.body) return
    }
  }

  const observer = new MutationObserver(() => {
    if (timer === undefined && isLost()) timer = setTimeout(mend, patience)
  })
  observer.observe(document.body, { childList: true, subtree: true })
  document.addEventListener('focusin', note)
  document.addEventListener('pointerdown', forget)
  return () => {
    clearTimeout(timer)
    observer.disconnect()
    document.removeEventListener('focusin', note)
    document.removeEventListener('pointerdown', forget)
  }
}

function nameOf(element: HTMLElement): string {
  const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined
  return (element.getAttribute('aria-label') ?? (label ?? element).textContent ?? '').trim()
}
