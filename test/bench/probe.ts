/** What a page knows of its own loading. */
export interface Seen {
  /** Milliseconds until anything was painted, and until the first comment was; not a number until then. */
  paint: number
  comment: number
  layoutShift: number
  /** Milliseconds of each task that took more than 50. */
  longTasks: number[]
}

declare global {
  interface Window {
    seen: Seen
    /** Resolves when the first comment, or where there is no thread the page, has been painted. */
    painted: Promise<void>
  }
}

/** Runs in a page before anything of its own: watches until the first comment is on the screen, and on. */
export function probe(): void {
  const seen: Seen = { paint: Number.NaN, comment: Number.NaN, layoutShift: 0, longTasks: [] }
  window.seen = seen
  const watch = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })

  watch('longtask', ({ duration }) => seen.longTasks.push(duration))
  watch('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
    if (!hadRecentInput) seen.layoutShift += value
  })
  window.painted = new Promise((resolve) => {
    watch('paint', ({ name, startTime }) => {
      if (name !== 'first-contentful-paint') return
      seen.paint = startTime
      if (!document.querySelector('hankyo-thread')) resolve()
    })
    const visible = () => {
      const comment = document.querySelector('hankyo-thread')?.shadowRoot?.querySelector('article')
      const box = comment?.getBoundingClientRect()
      return box !== undefined && box.height > 0 && box.top < innerHeight && box.bottom > 0
    }
    const look = () => {
      if (!visible()) return requestAnimationFrame(look)
      // A task that comes after this frame begins once it has been painted.
      setTimeout(() => {
        seen.comment = performance.now()
        resolve()
      })
    }
    requestAnimationFrame(look)
  })
}
