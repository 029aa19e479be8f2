import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Key } from '../ui/Key.tsx'
import { Reasons } from '../ui/Reasons.tsx'
import { Actions } from './Actions.tsx'
import { AllMatchingButton } from './AllMatchingButton.tsx'

/** What to do with all selected comments at once. */
export function Selection() {
  const { queue, decisions } = useDesk()
  const { cursor, items, next } = queue.list
  const chosen = items.value.filter((item) => cursor.selected.value.has(item.id))
  const w = words()
  const choosing = cursor.choosing.value
  if (!chosen.length) return null
  return (
    <div class="selection">
      <p role="status">
        <strong>{formatMessage(w.selected, { count: chosen.length })}</strong>
      </p>
      {choosing ? (
        <Reasons
          items={chosen}
          refused={choosing}
          confirm={(reason) => decisions.decide(decisions.target(), choosing, reason)}
          cancel={() => {
            cursor.choosing.value = null
          }}
        />
      ) : (
        <Actions items={chosen} bulk />
      )}
      <div class="choose">
        {!cursor.hasAll.value && (
          <button type="button" class="plain" onClick={() => cursor.selectAll()}>
            {formatMessage(w.selectAll, { count: items.value.length })} <Key name="A" />
          </button>
        )}
        <AllMatchingButton withKey={cursor.hasAll.value && next.value !== null} />
        <button type="button" class="plain" onClick={() => cursor.clear()}>
          {w.clear}
        </button>
      </div>
    </div>
  )
}
