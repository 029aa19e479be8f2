import { useEffect } from 'preact/hooks'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { Choices } from './Choices.tsx'
import { lettersOf } from './letters.ts'
import { Shown } from './Shown.tsx'

/** What mails say, each by an example. */
export function LettersPage() {
  const { list, listed } = use(lettersOf)
  const w = words()
  const query = listed.value
  useEffect(() => {
    list.load(query)
  }, [list, query])
  const phase = list.phase.value
  const error = list.error.value
  const isHere = list.items.value.length > 0
  return (
    <section class="page letters">
      <h1 tabIndex={-1}>{w.places.letters}</h1>
      <p class="quiet">{words('letters').note}</p>
      {phase === 'failed' && (
        <div class="state" role="alert">
          <p>{error && formatMessage(w.loadFailed, { error: errorWords(error) })}</p>
          <button type="button" onClick={() => list.load(query)}>
            {w.tryAgain}
          </button>
        </div>
      )}
      {phase === 'loading' && !isHere && (
        <p class="late quiet state" role="status">
          {w.loading}
        </p>
      )}
      {phase !== 'failed' && isHere && (
        <>
          <Choices />
          <Shown />
        </>
      )}
    </section>
  )
}
