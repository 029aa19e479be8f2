import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { readableKey } from '../../../worker/contract/readableKey.ts'
import type { StaffThread } from '../../../worker/contract/staffThread.ts'
import { held } from '../core/held.ts'
import { errorWords, formatMessage, tag, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { PinsLost } from '../ui/PinsLost.tsx'
import { Moving } from './moving.ts'

interface Props {
  found: StaffThread
  load: () => Promise<void>
  done: () => void
}

/** Says where a thread is to go; it tells what that comes to before it is done. */
export function MoveThread({ found, load, done }: Props) {
  const { connection, acts } = useDesk()
  // The thread as it was when this was opened: it has another key once it moved.
  const moving = useMemo(() => new Moving({ connection, acts, load }, found), [connection, acts])
  const to = useSignal('')
  const busy = useSignal(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const w = words('thread').move
  const check = moving.check.value
  const error = moving.error.value
  const isPossible = check?.outcome === 'move' || check?.outcome === 'merge'

  async function submit(event: Event) {
    event.preventDefault()
    busy.value = true
    if (!isPossible) await moving.look(to.peek())
    else if (await moving.go()) done()
    busy.value = false
  }

  return (
    <form class="stack" onSubmit={submit} aria-label={w.title}>
      <h2>{w.title}</h2>
      <label>
        <span>{w.to}</span>
        <input
          ref={field}
          type="text"
          dir="auto"
          autocomplete="off"
          spellcheck={false}
          required
          placeholder={readableKey(found.key)}
          value={to.value}
          onInput={(event) => {
            to.value = event.currentTarget.value
            moving.reset()
          }}
        />
      </label>
      <div role="status">
        {error && <p class="error">{errorWords(error)}</p>}
        {check && <p>{told(check)}</p>}
        {check && <PinsLost check={check} />}
        {moving.moved.value !== null && (
          <p class="quiet">
            {formatMessage(w.progress, { count: moving.moved.value.toLocaleString(tag()) })}
          </p>
        )}
      </div>
      <p class="quiet">{w.note}</p>
      <p class="acts">
        <button type="submit" class={isPossible ? 'primary' : ''} {...held(busy.value)}>
          {check?.outcome === 'merge' ? w.doMerge : check?.outcome === 'move' ? w.doMove : w.look}
        </button>
      </p>
    </form>
  )
}

/** What a move would come to. */
const told = ({ from, to, outcome, thread, other }: NonNullable<Moving['check']['value']>) =>
  formatMessage(words('thread').move[outcome], {
    from: readableKey(from),
    to: readableKey(other?.key ?? to),
    title: other?.title || readableKey(other?.key ?? to),
    count: (thread?.count ?? 0).toLocaleString(tag()),
    there: (other?.count ?? 0).toLocaleString(tag()),
  })
