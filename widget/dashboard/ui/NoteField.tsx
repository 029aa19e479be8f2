import { type Signal, useComputed, useSignal } from '@preact/signals'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { limits } from '../../../worker/contract/limits.ts'
import { type BegunName, begunName, matching, written } from '../core/begunName.ts'
import { colleaguesOf } from '../core/colleagues.ts'
import { isComposing } from '../core/composing.ts'
import { formatMessage, words } from '../core/words.ts'
import { use } from '../desk.ts'

interface Props {
  text: Signal<string>
  /** The site whose staff it can name. */
  siteId: string
  label: string
  send: (event: Event) => void
}

/** The field of a note, which completes the name of a colleague after an `@`: by arrows and Enter, or by a touch. */
export function NoteField({ text, siteId, label, send }: Props) {
  const colleagues = use(colleaguesOf)
  const field = useRef<HTMLTextAreaElement>(null)
  const begun = useSignal<BegunName | null>(null)
  const active = useSignal(0)
  const caret = useRef<number | null>(null)
  const id = useId()
  const found = useComputed(() =>
    begun.value ? matching(colleagues.known.value.get(siteId) ?? [], begun.value.typed) : [],
  ).value
  const at = Math.min(active.value, found.length - 1)
  useLayoutEffect(() => {
    if (caret.current !== null) field.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })

  function look() {
    const { value, selectionStart, selectionEnd } = field.current as HTMLTextAreaElement
    const next = selectionStart === selectionEnd ? begunName(value, selectionStart) : null
    if (next?.from !== begun.peek()?.from || next?.typed !== begun.peek()?.typed) active.value = 0
    begun.value = next
    if (next) colleagues.look(siteId)
  }
  function choose(name: string) {
    if (!begun.peek()) return
    const next = written(text.peek(), begun.peek() as BegunName, name)
    caret.current = next.caret
    text.value = next.text
    begun.value = null
    field.current?.focus()
  }
  /** @returns whether the key was for the names */
  function steer(key: string): boolean {
    if (found.length === 0) return false
    if (key === 'ArrowDown') active.value = (at + 1) % found.length
    else if (key === 'ArrowUp') active.value = (at + found.length - 1) % found.length
    else if (key === 'Escape') begun.value = null
    else if (key === 'Enter' || key === 'Tab') choose(found[at]?.name ?? '')
    else return false
    return true
  }

  const isOpen = found.length > 0
  return (
    <div class="note-field">
      <label>
        <span>{label}</span>
        <textarea
          ref={field}
          dir="auto"
          rows={2}
          maxLength={limits.staffNote}
          value={text.value}
          aria-autocomplete="list"
          {...(isOpen && { 'aria-controls': `${id}-names`, 'aria-activedescendant': `${id}-${at}` })}
          onInput={(event) => {
            text.value = event.currentTarget.value
            look()
          }}
          onClick={look}
          onBlur={() => {
            begun.value = null
          }}
          onKeyUp={(event) => {
            if (/^(Arrow(Left|Right)|Home|End)$/.test(event.key)) look()
          }}
          onKeyDown={(event) => {
            if (isComposing(event)) return
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return send(event)
            if (event.shiftKey || !steer(event.key)) return
            event.preventDefault()
            event.stopPropagation()
          }}
        />
      </label>
      {isOpen && (
        <div id={`${id}-names`} role="listbox" aria-label={words('notes').names} class="names">
          {found.map(({ id: person, name }, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the field keeps the focus and takes the keys
            <div
              key={person}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(name)}
            >
              <bdi>{name}</bdi>
            </div>
          ))}
        </div>
      )}
      <p role="status" class="unseen">
        {isOpen && formatMessage(words('notes').found, { count: found.length })}
      </p>
    </div>
  )
}
