import { signal } from '@preact/signals'

const query = matchMedia('(min-width: 70rem)')

/** Whether there is room for the context beside the queue. */
export const wide = signal(query.matches)
query.addEventListener('change', () => {
  wide.value = query.matches
})
