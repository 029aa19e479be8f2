import { effect } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { held } from '../core/held.ts'
import { historyOf } from '../core/location.ts'
import { words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { ListState } from '../ui/ListState.tsx'
import { useLostFocus } from '../ui/lostFocus.ts'
import { MutedReaders } from './MutedReaders.tsx'
import { ReportedComment } from './ReportedComment.tsx'
import { ReportFilters } from './ReportFilters.tsx'
import { reportsOf, reportsQuery } from './reports.ts'

/** Pages that are read on by themselves while what is asked for is not met with. */
const mostReadOn = 5

/** Every comment that readers reported and nobody has answered, with what they said, and what decides it. */
export function ReportsPage() {
  const { place } = useDesk()
  const reports = use(reportsOf)
  const { list } = reports
  const query = reportsQuery(place.here.value)
  const isNarrowed = Boolean(place.here.value.site || place.here.value.reason)
  const heading = useRef<HTMLHeadingElement>(null)
  const w = words('reports')
  const phase = list.phase.value
  const items = list.items.value
  const isEmpty = items.length === 0
  useKeys()
  const mutings = reports.mutings.value
  useEffect(() => {
    list.load(query)
  }, [list, query, mutings])
  const readOn = useRef({ query, pages: 0 })
  if (readOn.current.query !== query || !isEmpty) readOn.current = { query, pages: 0 }
  useEffect(() => {
    if (phase === 'ready' && isEmpty && list.next.peek() && readOn.current.pages++ < mostReadOn) list.more()
  }, [phase, isEmpty, list])
  useLostFocus(() => heading.current, items.length)

  return (
    <section class="reports-page">
      <h1 ref={heading} tabIndex={-1}>
        {words().places.reports}
      </h1>
      <p class="quiet">{w.note}</p>
      <ReportFilters />
      <ListState list={list} query={query} />
      {phase === 'ready' && isEmpty && !list.next.value && (
        <p class="state calm">{isNarrowed ? w.noneFound : w.none}</p>
      )}
      {!isEmpty && (
        <ol class="comments">
          {items.map((item) => (
            <ReportedComment key={item.comment.id} item={item} />
          ))}
        </ol>
      )}
      {list.next.value && phase !== 'failed' && (
        <button type="button" class="more" onClick={() => list.more()} {...held(phase === 'loading')}>
          {phase === 'loading' ? words().loading : words().more}
        </button>
      )}
      <MutedReaders />
    </section>
  )
}

/** Lets the queue's keys work here. While a reason is chosen only Escape does anything. */
function useKeys() {
  const { shortcuts, asking, place } = useDesk()
  const reports = use(reportsOf)
  useLayoutEffect(() => {
    const stop = effect(() => {
      const item = reports.item.value
      const cancel = () => {
        reports.choosing.value = false
      }
      asking.value = Boolean(item && reports.choosing.value)
      if (!item || asking.peek()) {
        shortcuts.value = { escape: cancel }
        return
      }
      shortcuts.value = {
        escape: cancel,
        next() {
          if (!reports.move(1) && reports.list.next.peek()) reports.list.more()
        },
        previous: () => reports.move(-1),
        approve: () => reports.decide(item, 'approve'),
        reject() {
          reports.choosing.value = true
        },
        spam: () => reports.decide(item, 'spam'),
        delete: () => reports.decide(item, 'delete'),
        history: () => place.go(historyOf(item.comment.id)),
      }
    })
    return () => {
      stop()
      shortcuts.value = {}
      asking.value = false
    }
  }, [shortcuts, asking, place, reports])
}
