import './person.css'
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { FoundBrowser } from './FoundBrowser.tsx'
import { PersonActs } from './PersonActs.tsx'
import { personsOf } from './persons.ts'
import { Quotes } from './Quotes.tsx'

/** Finds all that one person is here, by what they tell of themselves; what was typed stands in no address. */
export function PersonPage() {
  const persons = use(personsOf)
  const { place } = useDesk()
  const author = place.here.value.author
  const typed = useSignal('')
  const heading = useRef<HTMLHeadingElement>(null)
  const w = words('person')
  useEffect(() => {
    if (author) persons.around(author)
  }, [persons, author])
  const phase = persons.phase.value
  const browsers = persons.browsers.value
  const error = persons.error.value
  const last = persons.last.value

  function submit(event: Event) {
    event.preventDefault()
    if (typed.peek().trim() && phase !== 'loading') persons.search(typed.peek())
  }
  return (
    <section class="page person-page">
      <h1 ref={heading} tabIndex={-1}>
        {words().places.person}
      </h1>
      <p class="quiet">{w.note}</p>
      <form class="short-form" onSubmit={submit}>
        <label>
          <span>{w.find}</span>
          <input
            type="text"
            dir="auto"
            autocomplete="off"
            spellcheck={false}
            maxLength={300}
            value={typed.value}
            onInput={(event) => {
              typed.value = event.currentTarget.value
            }}
          />
        </label>
        <button type="submit" {...held(phase === 'loading')}>
          {w.search}
        </button>
      </form>
      <div role="status">
        {phase === 'loading' && browsers.length === 0 && <p class="late quiet state">{words().loading}</p>}
        {phase === 'ready' && browsers.length === 0 && !last?.next && <p class="state calm">{w.none}</p>}
        {phase === 'ready' && browsers.length > 0 && (
          <p>{formatMessage(w.found, { count: browsers.flat().length })}</p>
        )}
      </div>
      {phase === 'failed' && error && (
        <p class="state" role="alert">
          {error.code === 'not_found'
            ? w.none
            : formatMessage(words().loadFailed, { error: errorWords(error) })}
        </p>
      )}
      {browsers.length > 0 && <p class="quiet">{w.proof}</p>}
      <ul class="records persons">
        {browsers.map((browser) => (
          <FoundBrowser key={browser[0].id} browser={browser} />
        ))}
      </ul>
      {last?.more && <p>{w.more}</p>}
      {last?.next && (
        <button type="button" class="more" onClick={persons.more} {...held(phase === 'loading')}>
          {w.further}
        </button>
      )}
      {browsers.length > 0 && <Quotes />}
      {browsers.length > 0 && <PersonActs />}
    </section>
  )
}
