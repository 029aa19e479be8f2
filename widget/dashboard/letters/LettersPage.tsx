import { useEffect } from 'preact/hooks'
import { words } from '../core/words.ts'
import { use } from '../desk.ts'
import { ListState } from '../ui/ListState.tsx'
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
  const isHere = list.items.value.length > 0
  return (
    <section class="page letters">
      <h1 tabIndex={-1}>{w.places.letters}</h1>
      <p class="quiet">{words('letters').note}</p>
      <ListState list={list} query={query} />
      {phase !== 'failed' && isHere && (
        <>
          <Choices />
          <Shown />
        </>
      )}
    </section>
  )
}
