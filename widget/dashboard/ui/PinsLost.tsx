import { mostPinned } from '../../../worker/contract/countLimits.ts'
import type { CheckedMove } from '../../../worker/contract/threadMoves.ts'
import { formatMessage, words } from '../core/words.ts'

/** Whose comments lose their pin where a thread goes into another that has its own. */
export function PinsLost({ check: { unpinned } }: { check: CheckedMove }) {
  if (unpinned.length === 0) return null
  const names = unpinned.map(({ name }) => name).join(words().comma)
  return (
    <p class="quiet">
      <bdi>{formatMessage(words('thread').move.unpinned, { most: mostPinned, names })}</bdi>
    </p>
  )
}
