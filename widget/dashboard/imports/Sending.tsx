import { useEffect, useRef } from 'preact/hooks'
import { held } from '../core/held.ts'
import { formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { PlaceLink } from '../ui/PlaceLink.tsx'
import { newImportOf } from './newImport.ts'
import { percentWords } from './numbers.ts'

/** Comments on their way, and what came of them. */
export function Sending() {
  const making = use(newImportOf)
  const heading = useRef<HTMLHeadingElement>(null)
  const w = words('imports')
  const isDone = making.phase.value === 'done'
  useEffect(() => heading.current?.focus(), [isDone])
  const file = making.file.value?.name ?? ''
  return (
    <div class="stack">
      <h3 ref={heading} tabIndex={-1}>
        {formatMessage(isDone ? w.ended : w.sending, { file })}
      </h3>
      {isDone ? <Ended /> : <SendingProgress />}
    </div>
  )
}

function SendingProgress() {
  const making = use(newImportOf)
  const w = words('imports')
  const progress = making.sending.value
  const { connection } = useDesk()
  const all = Math.max(progress?.total ?? 1, 1)
  const part = (progress?.sent ?? 0) / all
  const tenth = Math.floor(part * 10) / 10
  const waiting = progress?.waiting
  return (
    <>
      <progress max={1} value={part} aria-label={w.howFar} />
      <p class="quiet" aria-hidden="true">
        {progress && formatMessage(w.sent, { count: progress.sent, all: progress.total })}
        {progress && progress.perSecond > 0 && (
          <> · {formatMessage(w.perMinute, { count: Math.round(progress.perSecond * 60) })}</>
        )}
      </p>
      <p class="unseen" role="status">
        {percentWords(tenth)}
      </p>
      {(waiting || !connection.online.value) && (
        <p class="warn" role="status">
          {formatMessage(w.waiting, { count: waiting?.seconds ?? 5 })}
        </p>
      )}
      <p class="acts">
        <button type="button" onClick={making.cancel} {...held(making.cancelling.value)}>
          {w.stop}
        </button>
      </p>
      <p class="quiet">{w.stays}</p>
    </>
  )
}

function Ended() {
  const making = use(newImportOf)
  const w = words('imports')
  const made = making.ended.value
  if (!made) return null
  const leftOut = Object.values(made.leftOut).reduce((sum, count) => sum + count, 0)
  return (
    <>
      <p>
        {formatMessage(w.imported, { count: made.added })}
        {made.known > 0 && ` ${formatMessage(w.knownCount, { count: made.known })}`}
        {leftOut > 0 && ` ${formatMessage(w.leftOutCount, { count: leftOut })}`}
        {made.errors > 0 && ` ${formatMessage(w.brokenCount, { count: made.errors })}`}
      </p>
      {made.lessons > 0 && <p class="quiet">{formatMessage(w.taught, { count: made.lessons })}</p>}
      <p class="acts">
        <PlaceLink to={{ page: 'queue', tab: 'all', site: made.siteId }}>{w.seeThem}</PlaceLink>
        <button type="button" onClick={making.forget}>
          {w.otherFile}
        </button>
      </p>
    </>
  )
}
