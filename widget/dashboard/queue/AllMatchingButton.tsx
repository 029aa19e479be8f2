import { useSignal } from '@preact/signals'
import { queueQuery } from '../core/location.ts'
import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Late, part } from '../ui/Late.tsx'
import { Sheet } from '../ui/Sheet.tsx'

const allMatching = part(['bulk'], async () => (await import('../bulk/AllMatching.tsx')).AllMatching)

/** Opens what decides all comments of the present list, not those on screen alone. */
export function AllMatchingButton() {
  const { place } = useDesk()
  const open = useSignal(false)
  const query = queueQuery(place.here.value)
  query.delete('sort')
  const w = words()
  return (
    <>
      <button
        type="button"
        class="plain"
        aria-haspopup="dialog"
        onClick={() => {
          open.value = true
        }}
      >
        {w.allMatching}
      </button>
      <Sheet open={open} class="bulk" label={w.allMatching}>
        <Late
          part={allMatching}
          given={{
            filter: query.toString(),
            done() {
              open.value = false
            },
          }}
        />
      </Sheet>
    </>
  )
}
