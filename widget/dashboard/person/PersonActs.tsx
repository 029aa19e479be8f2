import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, tag, words } from '../core/words.ts'
import { use } from '../desk.ts'
import { personsOf } from './persons.ts'

/** What is done with all that is the person's: handed over as a file, and erased for good. */
export function PersonActs() {
  const persons = use(personsOf)
  const asks = useSignal(false)
  const w = words('person')
  const { erase } = words('author')
  const count = persons.chosen.value.length
  const busy = persons.busy.value
  const failure = persons.failure.value
  const gathered = persons.gathered.value
  if (persons.erasures.value.size > 0) return <Progress />
  return (
    <section class="erasure" aria-label={w.acts}>
      <p role="status">
        {gathered === null
          ? formatMessage(w.chosen, { count })
          : formatMessage(erase.comments, { count: gathered })}
      </p>
      {failure && <p role="alert">{formatMessage(w.failed, { error: errorWords(failure) })}</p>}
      <p class="actions">
        <button type="button" onClick={() => persons.download('person.json')} {...held(count === 0 || busy)}>
          {w.json}
        </button>
        <button
          type="button"
          onClick={() => persons.downloadText('person.md')}
          {...held(count === 0 || busy)}
        >
          {w.readable}
        </button>
        <button
          type="button"
          aria-expanded={asks.value}
          onClick={() => {
            asks.value = !asks.peek()
          }}
          {...held(count === 0 || busy)}
        >
          {erase.open}
        </button>
      </p>
      {asks.value && count > 0 && <Asked cancel={() => (asks.value = false)} />}
    </section>
  )
}

/** What goes, what stays, and the one question. */
function Asked({ cancel }: { cancel: () => void }) {
  const persons = use(personsOf)
  const sure = useSignal(false)
  const w = words('author').erase
  function submit(event: Event) {
    event.preventDefault()
    if (sure.peek() && !persons.busy.peek()) persons.erase()
  }
  return (
    <form class="about" onSubmit={submit}>
      <p>{w.goes}</p>
      <p>{w.stays}</p>
      <label class="choice">
        <input
          type="checkbox"
          checked={sure.value}
          onChange={(event) => {
            sure.value = event.currentTarget.checked
          }}
        />
        <span>{w.sure}</span>
      </label>
      <p class="actions">
        <button type="submit" class="danger" {...held(!sure.value || persons.busy.value)}>
          {w.begin}
        </button>
        <button type="button" onClick={cancel}>
          {w.cancel}
        </button>
      </p>
    </form>
  )
}

/** How far the erasures of all chosen are together. */
function Progress() {
  const persons = use(personsOf)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const w = words('author').erase
  const all = [...persons.erasures.value.values()]
  const parts = all.flatMap((one) => one.parts)
  const sum = (of: 'comments' | 'erased') => parts.reduce((total, part) => total + part[of], 0)
  const isDone = !persons.busy.value && all.every(({ state }) => state === 'done')
  const failure = persons.failure.value
  const number = (count: number) => count.toLocaleString(tag())
  return (
    <section class="erasure">
      <div class="about">
        <h2 ref={heading} tabIndex={-1}>
          {isDone ? w.done : w.working}
        </h2>
        {failure && <p role="alert">{formatMessage(w.failed, { error: errorWords(failure) })}</p>}
        {!isDone && (
          <progress max={Math.max(sum('comments'), 1)} value={sum('erased')} aria-label={w.working} />
        )}
        <p role="status">
          {formatMessage(w.progress, { count: number(sum('erased')), all: number(sum('comments')) })}
        </p>
        {!isDone && <p class="quiet">{w.goesOn}</p>}
      </div>
    </section>
  )
}
