import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { onEscape } from '../core/composing.ts'

interface Props {
  label: string
  /** The button's name for screen readers. */
  name: string
  /** What pressing it means, asked before it is done. */
  question: string
  /** The button that changes nothing. */
  cancel: string
  act: () => void
}

/** A button for what nothing takes back: it asks first, and has the focus on the answer that changes nothing. */
export function AskedButton({ label, name, question, cancel, act }: Props) {
  const asking = useSignal(false)
  const first = useRef(true)
  const answer = useRef<HTMLButtonElement>(null)
  const asks = asking.value
  useLayoutEffect(() => {
    if (!first.current) answer.current?.focus()
    first.current = false
  }, [asks])
  const ask = (value: boolean) => {
    asking.value = value
  }

  if (!asks)
    return (
      <button type="button" ref={answer} aria-label={name} onClick={() => ask(true)}>
        {label}
      </button>
    )
  return (
    <fieldset class="asked" onKeyDown={onEscape(() => ask(false))}>
      <legend>{question}</legend>
      <button
        type="button"
        class="danger"
        onClick={() => {
          ask(false)
          act()
        }}
      >
        {label}
      </button>
      <button type="button" ref={answer} onClick={() => ask(false)}>
        {cancel}
      </button>
    </fieldset>
  )
}
