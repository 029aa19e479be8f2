import { useEffect, useRef } from 'preact/hooks'
import { held } from '../core/held.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { Late, part } from '../ui/Late.tsx'
import { Choosing } from './Choosing.tsx'
import { failureWords } from './failureWords.ts'
import { newImportOf } from './newImport.ts'
import { percentWords } from './numbers.ts'

const survey = part(['imports'], async () => (await import('./Survey.tsx')).Survey)

/** A file that is read, then what would become of it, with what can be chosen. */
export function Reading() {
  const making = use(newImportOf)
  const heading = useRef<HTMLHeadingElement>(null)
  const w = words('imports')
  const isReading = making.phase.value === 'reading'
  const looked = making.looked.value
  const failure = making.failure.value
  useEffect(() => heading.current?.focus(), [isReading])
  const file = making.file.value?.name ?? ''
  return (
    <div class="stack">
      <h3 ref={heading} tabIndex={-1}>
        {formatMessage(isReading ? w.reading : w.wouldBe, { file })}
      </h3>
      {isReading && <ReadingProgress />}
      {failure && failure.kind !== 'cancelled' && (
        <p class="error" role="alert">
          {formatMessage(w.stoppedBy, { error: failureWords(failure) })}
        </p>
      )}
      {failure?.kind === 'cancelled' && <p role="status">{w.cancelled}</p>}
      {looked && (
        <div class="flow" inert={isReading}>
          <Late part={survey} given={{ looked }} />
          <Choosing looked={looked} />
        </div>
      )}
    </div>
  )
}

/** How far it is read, with what calls it off. */
function ReadingProgress() {
  const making = use(newImportOf)
  const w = words('imports')
  const progress = making.reading.value
  const part = progress && progress.size > 0 ? progress.bytes / progress.size : 0
  const tenth = Math.floor(part * 10) * 10
  return (
    <>
      <progress max={1} value={part} aria-label={w.howFar} />
      <p class="quiet" aria-hidden="true">
        {percentWords(part)}
        {progress && progress.comments > 0 && ` · ${formatMessage(w.comments, { count: progress.comments })}`}
      </p>
      <p class="unseen" role="status">
        {percentWords(tenth / 100)}
      </p>
      <p class="acts">
        <button type="button" onClick={making.cancel} {...held(making.cancelling.value)}>
          {w.cancel}
        </button>
      </p>
    </>
  )
}
