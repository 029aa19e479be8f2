/** How long a button says that it has copied, in milliseconds. */
const said = 2_000

/** Lets the buttons beside lines of code copy them. One listener serves those that come later, too. */
export function copying(): void {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-copy]') : null
    const lines = button?.parentElement?.querySelector('pre')?.textContent
    const label = button?.firstElementChild
    const done = button?.dataset.copy
    if (!lines || !label || !done || label.textContent === done) return
    const before = label.textContent
    navigator.clipboard.writeText(lines).then(
      () => {
        label.textContent = done
        setTimeout(() => {
          label.textContent = before
        }, said)
      },
      () => {},
    )
  })
}
