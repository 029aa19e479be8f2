import { useEffect, useRef } from 'preact/hooks'
import { bulkActsOf } from '../core/bulkActs.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'

/** How far an act on all that match is, with what stops it. */
export function Progress({ done }: { done: () => void }) {
  const bulk = use(bulkActsOf)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const w = words('bulk')
  const act = bulk.running.value
  const error = bulk.error.value
  if (!act) return null
  const { state, decided, left, matching } = act
  const told = state === 'undoing' || state === 'undone' ? act.restored : decided
  return (
    <div class="stack">
      <h2 ref={heading} tabIndex={-1}>
        {w.states[state]}
      </h2>
      {matching !== null && state === 'working' && (
        <progress max={Math.max(matching, 1)} value={decided + left} aria-label={w.states.working} />
      )}
      <p role="status">
        {matching === null
          ? formatMessage(w.soFar, { count: told })
          : formatMessage(w.progress, { count: told, all: matching })}
        {left > 0 && ` ${formatMessage(w.left, { count: left })}`}
      </p>
      {error && <p role="alert">{errorWords(error)}</p>}
      <div class="actions">
        {state === 'working' && (
          <button type="button" onClick={() => bulk.turn('stopped')}>
            {w.stop}
          </button>
        )}
        {state === 'stopped' && (
          <button type="button" onClick={() => bulk.turn('working')}>
            {w.resume}
          </button>
        )}
        <button type="button" class="plain" onClick={done}>
          {words().close}
        </button>
      </div>
      {state === 'working' && <p class="quiet">{w.goesOn}</p>}
    </div>
  )
}
