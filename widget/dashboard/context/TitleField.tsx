import { useSignal } from '@preact/signals'
import { limits } from '../../../worker/contract/limits.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { words } from '../core/words.ts'
import { use } from '../desk.ts'
import { pageTitlesOf } from './pageTitles.ts'

/** What staff calls the page of a thread, to be changed. */
export function TitleField({ thread }: { thread: QueueItem['thread'] }) {
  const titles = use(pageTitlesOf)
  const typed = useSignal(thread.givenTitle ?? '')
  const w = words().naming
  return (
    <form
      class="short-form"
      onSubmit={(event) => {
        event.preventDefault()
        titles.give(thread, typed.peek())
      }}
    >
      <label>
        <span>{w.label}</span>
        <input
          type="text"
          dir="auto"
          autocomplete="off"
          maxLength={limits.title}
          placeholder={thread.title}
          title={w.hint}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value
          }}
        />
      </label>
      {(typed.value.trim() || null) !== thread.givenTitle && <button type="submit">{w.save}</button>}
    </form>
  )
}
