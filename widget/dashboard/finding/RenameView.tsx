import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { SavedView } from '../../../worker/contract/savedViews.ts'
import { onEscape } from '../core/composing.ts'
import { held } from '../core/held.ts'
import { formatMessage, words } from '../core/words.ts'

interface Props {
  view: SavedView
  /** @returns whether it was done */
  rename: (name: string) => Promise<boolean>
}

/** A button that turns into a field for another name of a view. */
export function RenameView({ view, rename }: Props) {
  const open = useSignal(false)
  const name = useSignal(view.name)
  const sending = useSignal(false)
  const field = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const first = useRef(true)
  const isOpen = open.value
  useLayoutEffect(() => {
    if (isOpen) field.current?.select()
    else if (!first.current) button.current?.focus()
    first.current = false
  }, [isOpen])
  const w = words('views')

  async function send(event: Event) {
    event.preventDefault()
    const typed = name.peek().trim()
    if (!typed || sending.peek()) return
    sending.value = true
    if (typed === view.name || (await rename(typed))) open.value = false
    sending.value = false
  }
  const leave = () => {
    name.value = view.name
    open.value = false
  }

  if (!isOpen)
    return (
      <button
        ref={button}
        type="button"
        aria-label={formatMessage(w.renameOne, { name: view.name })}
        onClick={() => {
          name.value = view.name
          open.value = true
        }}
      >
        {w.rename}
      </button>
    )
  return (
    <form class="line-form" onSubmit={send}>
      <label>
        <span>{w.newName}</span>
        <input
          ref={field}
          type="text"
          dir="auto"
          required
          maxLength={60}
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value
          }}
          onKeyDown={onEscape(leave)}
        />
      </label>
      <button type="submit" {...held(sending.value)}>
        {w.save}
      </button>
      <button type="button" onClick={leave}>
        {w.keepName}
      </button>
    </form>
  )
}
