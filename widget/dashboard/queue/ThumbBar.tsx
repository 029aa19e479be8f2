import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { onEscape } from '../core/composing.ts'
import { formatMessage, words } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { narrow } from '../ui/wide.ts'
import { Actions } from './Actions.tsx'
import { rowInHand } from './rowInHand.ts'

/** On a phone, what decides the comment in hand: in a bar that the thumb reaches. It acts on nothing out of sight. */
export function ThumbBar() {
  const { cursor, notes } = useDesk().queue.list
  const more = useSignal(false)
  const inSight = useSignal(true)
  const button = useRef<HTMLButtonElement>(null)
  const item = cursor.item.value
  const id = item?.id
  const isFree = !cursor.choosing.value && !cursor.answering.value && cursor.selected.value.size === 0
  const departed = id !== undefined && notes.all.value.get(id)?.kind === 'departed'
  const shown = narrow.value && isFree && !departed
  const w = words()

  useEffect(() => {
    more.value = false
    inSight.value = true
    const row = shown && rowInHand()
    if (!row) return
    const observer = new IntersectionObserver((seen) => {
      inSight.value = seen.at(-1)?.isIntersecting ?? true
    })
    observer.observe(row)
    return () => observer.disconnect()
  }, [id, shown, more, inSight])

  const close = () => {
    more.value = false
    button.current?.focus()
  }

  if (!item || !shown) return null
  const { name } = item.author
  return (
    <section
      class={`thumb-bar${more.value ? ' open' : ''}`}
      aria-label={formatMessage(w.from, { name })}
      onKeyDown={more.value ? onEscape(close) : undefined}
    >
      {inSight.value ? (
        <>
          <Actions key={item.id} items={[item]} />
          <button
            ref={button}
            type="button"
            class="more-acts"
            aria-expanded={more.value}
            onClick={() => {
              more.value = !more.value
            }}
          >
            {more.value ? w.decide.less : w.decide.more}
          </button>
        </>
      ) : (
        <button type="button" onClick={() => rowInHand()?.scrollIntoView({ block: 'nearest' })}>
          <bdi>{formatMessage(w.backTo, { name })}</bdi>
        </button>
      )}
    </section>
  )
}
