/** Gives the focus to what is worked on: the sheet that is open, else the comment in hand, else the page. */
export function focusWork(): void {
  const work =
    document.querySelector<HTMLElement>('dialog[open]') ??
    document.querySelector<HTMLElement>('.comments [aria-current="true"]') ??
    document.getElementById('main')
  work?.focus({ preventScroll: true })
}
