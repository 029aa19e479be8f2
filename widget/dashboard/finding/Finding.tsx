import type { Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { parseSearch } from '../../../worker/contract/searchQuery.ts'
import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Chips } from './Chips.tsx'
import { Found } from './Found.tsx'
import { markIn } from './marks.ts'
import { useSearchWhileTyping } from './typing.ts'

/** What comes with the search once it is used: it searches while one types, says what it found, and marks it. */
export function Finding({ typed, withChips }: { typed: Signal<string>; withChips: boolean }) {
  const { place, queue } = useDesk()
  const { q } = place.here.value
  const items = queue.list.items.value
  const w = words('finding')
  const { problem } = parseSearch(typed.value)
  useSearchWhileTyping(typed, place)
  useEffect(() => {
    const frame = requestAnimationFrame(() => markIn(document, parseSearch(q).terms ?? []))
    return () => cancelAnimationFrame(frame)
  }, [q, items])
  useEffect(() => () => markIn(document, []), [])
  return (
    <div class="finding">
      {problem && (problem.code !== 'no_value' || typed.value.trim() === q) && (
        <p class="error" role="alert">
          {formatMessage(w.problems[problem.code], {
            operator: problem.operator,
            typed: problem.typed,
            known: problem.known.join(problem.code === 'unknown_operator' ? ': ' : ', '),
          })}
        </p>
      )}
      {withChips && <Chips />}
      {q !== '' && !parseSearch(q).problem && <Found />}
    </div>
  )
}
