import { useSignal } from '@preact/signals'
import { limits } from '../../../worker/contract/limits.ts'
import type { QueueItem } from '../../../worker/contract/queue.ts'
import { words } from '../core/words.ts'
import { use } from '../desk.ts'
import { badgesOf } from './badges.ts'

/** What readers are told that an author is, for an owner to change. */
export function BadgeField({ author }: { author: QueueItem['author'] }) {
  const badges = use(badgesOf)
  const typed = useSignal(author.badge ?? '')
  const w = words().badge
  return (
    <form
      class="short-form"
      onSubmit={(event) => {
        event.preventDefault()
        badges.give(author, typed.peek())
      }}
    >
      <label>
        <span>{w.label}</span>
        <input
          type="text"
          dir="auto"
          list="badge-suggestions"
          autocomplete="off"
          maxLength={limits.badge}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value
          }}
        />
      </label>
      <datalist id="badge-suggestions">
        {w.suggestions.map((badge) => (
          <option key={badge} value={badge} />
        ))}
      </datalist>
      {(typed.value.trim() || null) !== author.badge && <button type="submit">{w.save}</button>}
    </form>
  )
}
