import type { ComponentChildren } from 'preact'
import { addressOf, unfiltered, type Whereabouts } from '../core/location.ts'
import { useDesk } from '../desk.ts'

interface Props {
  /** Where it leads from here; what it does not name of a tab's filters is off. */
  to: Partial<Whereabouts>
  current?: boolean
  children: ComponentChildren
}

/** A link to another place of the dashboard, without leaving the page. */
export function PlaceLink({ to, current, children }: Props) {
  const { place } = useDesk()
  const there: Whereabouts = { ...place.here.value, ...unfiltered, ...to }
  return (
    <a
      href={addressOf(there)}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        place.go(there)
      }}
    >
      {children}
    </a>
  )
}
