import { type ReadonlySignal, signal } from '@preact/signals'

/** Whether the window is as a media query says. */
function matching(media: string): ReadonlySignal<boolean> {
  const query = matchMedia(media)
  const matches = signal(query.matches)
  query.addEventListener('change', () => {
    matches.value = query.matches
  })
  return matches
}

/** Whether there is room for the context beside the queue. */
export const wide = matching('(min-width: 70rem)')

/** Whether it is a phone's width: acts are at the thumb, and filters behind a button. */
export const narrow = matching('(max-width: 47.99rem)')
