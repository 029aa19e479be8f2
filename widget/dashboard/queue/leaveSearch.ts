/** Takes the focus from the search to the comment in hand; where none is listed yet, the first one takes it as it comes. */
export function leaveSearch(search: HTMLElement | null) {
  search?.blur()
  document.querySelector<HTMLElement>('.comments [aria-current="true"]')?.focus({ preventScroll: true })
}
