import { queueQuery } from '../core/location.ts'
import { words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Key } from '../ui/Key.tsx'
import { Late, part } from '../ui/Late.tsx'
import { Sheet } from '../ui/Sheet.tsx'

const allMatching = part(['bulk'], async () => (await import('../bulk/AllMatching.tsx')).AllMatching)

/** Opens what decides all comments of the present list, not those on screen alone. */
export function AllMatchingButton({ withKey = false }: { withKey?: boolean }) {
  const { allMatching } = useDesk()
  return (
    <button
      type="button"
      class="plain"
      aria-haspopup="dialog"
      onClick={() => {
        allMatching.value = true
      }}
    >
      {words().allMatching} {withKey && <Key name="A" />}
    </button>
  )
}

/** What that button opens. */
export function AllMatchingSheet() {
  const { place, allMatching: open } = useDesk()
  const query = queueQuery(place.here.value)
  query.delete('sort')
  return (
    <Sheet open={open} class="bulk" label={words().allMatching}>
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
  )
}
