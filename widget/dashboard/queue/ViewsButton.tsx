import { useSignal } from '@preact/signals'
import { queueQuery } from '../core/location.ts'
import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Late, part } from '../ui/Late.tsx'
import { Sheet } from '../ui/Sheet.tsx'

const savedViews = part(['views'], async () => (await import('../finding/SavedViews.tsx')).SavedViews)

/** Opens the lists that are saved, and what saves the present one. */
export function ViewsButton() {
  const { place } = useDesk()
  const open = useSignal(false)
  const w = words()
  const done = () => {
    open.value = false
  }
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => {
          open.value = true
        }}
      >
        {w.views}
      </button>
      <Sheet open={open} class="views" label={w.views}>
        <Late part={savedViews} given={{ query: queueQuery(place.here.value).toString(), done }} />
      </Sheet>
    </>
  )
}
