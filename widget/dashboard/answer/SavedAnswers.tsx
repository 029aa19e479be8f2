import { useEffect } from 'preact/hooks'
import type { SavedAnswer } from '../../../worker/contract/phrases.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { words } from '../core/words.ts'
import { use, useDesk } from '../desk.ts'
import { Key } from '../ui/Key.tsx'
import { answerTo, savedOf } from './saved.ts'

/** The answers that the site's staff has saved: a button puts one where the text is being written. */
export function SavedAnswers({ item, add }: { item: QueueItem; add: (text: string) => void }) {
  const { session } = useDesk()
  const saved = use(savedOf)
  const siteId = item.site.id
  const list = saved.lists.value[siteId]
  const locale = session.session.value?.sites.find(({ id }) => id === siteId)?.locale ?? 'en'
  useEffect(() => {
    saved.load(siteId)
  }, [saved, siteId])
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const [, digit] = /^Digit([1-9])$/.exec(event.code) ?? []
      const chosen = Array.isArray(list) ? list[Number(digit) - 1] : undefined
      if (!event.altKey || event.ctrlKey || event.metaKey || !chosen) return
      event.preventDefault()
      choose(chosen)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
  const choose = (answer: SavedAnswer) => add(answerTo(item, answer, locale))
  if (list === 'failed') return <p class="quiet">{words('answer').notLoaded}</p>
  if (!list?.length) return null
  return (
    <fieldset class="saved">
      <legend>{words('answer').saved}</legend>
      {list.map((answer, index) => (
        <button key={answer.title} type="button" class="plain" onClick={() => choose(answer)}>
          {answer.title} {index < 9 && <Key always name={`Alt ${index + 1}`} />}
        </button>
      ))}
    </fieldset>
  )
}
