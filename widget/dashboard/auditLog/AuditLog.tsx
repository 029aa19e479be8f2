import { useEffect, useRef } from 'preact/hooks'
import { absoluteTime } from '../../common/i18n.ts'
import { formatMessage, tag, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { RecordList } from '../ui/RecordList.tsx'
import { LogFilters } from './LogFilters.tsx'
import { LogLine } from './LogLine.tsx'
import { logOf } from './log.ts'
import { queryOf } from './logQuery.ts'

/** Pages that are read by themselves while they bring nothing that is asked for. */
const patience = 6

/** What was done, one sentence each: filtered, opened, undone. */
export function AuditLog() {
  const { place } = useDesk()
  const w = words('auditLog')
  const query = queryOf(place.here.value)
  const { list } = use(logOf)
  const searchedTo = list.last.value?.searchedTo
  const filtered = query !== ''
  const count = list.items.value.length
  const tries = useRef({ query, count, left: patience })
  if (tries.current.query !== query || tries.current.count !== count)
    tries.current = { query, count, left: patience }
  const goesOn = list.phase.value === 'ready' && Boolean(searchedTo)
  useEffect(() => {
    if (!goesOn || tries.current.left === 0) return
    tries.current.left--
    list.more()
  }, [goesOn, list])
  return (
    <RecordList
      title={words().places['audit-log']}
      note={w.note}
      none={filtered ? w.noneOfThese : w.none}
      list={list}
      query={query}
      moreLabel={searchedTo ? formatMessage(w.goOn, { time: absoluteTime(searchedTo, tag()) }) : undefined}
      row={(entry) => <LogLine key={entry.id} entry={entry} />}
    >
      <LogFilters />
    </RecordList>
  )
}
