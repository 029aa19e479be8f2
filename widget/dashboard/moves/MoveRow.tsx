import { readableKey } from '../../../worker/contract/readableKey.ts'
import type { ThreadMove } from '../../../worker/contract/threadMoves.ts'
import { pageOfThread } from '../core/location.ts'
import { actorTitle } from '../core/notices.ts'
import { words } from '../core/words.ts'
import { use } from '../desk.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { Time } from '../ui/Time.tsx'
import { movesOf } from './moves.ts'
import { PageKey } from './PageKey.tsx'

/** A move there was, and what takes it back. */
export function MoveRow({ move }: { move: ThreadMove }) {
  const moves = use(movesOf)
  const w = words('moves')
  const { from, to, thread, merged, by, at, state, undoable } = move
  const undo = merged ? w.apart : w.back
  return (
    <li>
      <div>
        <p>
          <PageKey of={from} /> <span class="quiet">{merged ? w.mergedInto : w.movedTo}</span>{' '}
          <PlaceLink to={pageOfThread(thread)}>
            <PageKey of={to} />
          </PlaceLink>
        </p>
        <p class="quiet">
          <bdi>{actorTitle(by)}</bdi> · <Time at={at} />
          {state !== 'done' && ` · ${w.is[state]}`}
        </p>
      </div>
      {undoable && (
        <div class="acts">
          <button type="button" aria-label={`${undo}: ${readableKey(from)}`} onClick={() => moves.undo(move)}>
            {undo}
          </button>
        </div>
      )}
    </li>
  )
}
