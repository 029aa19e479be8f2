import './moves.css'
import { words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { OneSite, siteAt } from '../ui/OneSite.tsx'
import { RecordList } from '../ui/RecordList.tsx'
import { MoveRow } from './MoveRow.tsx'
import { movesOf } from './moves.ts'
import { Redirecting } from './Redirecting.tsx'

/** Pages whose address changed: those that redirect and can move, and the moves there were. */
export function MovesPage() {
  const { list } = use(movesOf)
  const site = siteAt(useDesk())
  const w = words('moves')
  return (
    <RecordList
      title={w.title}
      note={w.about}
      none={w.noMoves}
      ownersOnly={words('imports').ownersOnly}
      list={list}
      query={`?site=${encodeURIComponent(site)}`}
      row={(move) => <MoveRow key={move.id} move={move} />}
    >
      <div class="log-filters">
        <OneSite label={words('imports').site} />
      </div>
      <Redirecting key={site} site={site} />
      <h2>{w.earlier}</h2>
    </RecordList>
  )
}
