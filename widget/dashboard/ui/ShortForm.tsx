import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'

interface Props {
  /** What the field and its button say. */
  words: { label: string; save: string }
  /** What is set now; null for nothing. */
  value: string | null
  most: number
  give: (typed: string) => void
  /** Further attributes of the field. */
  list?: string
  placeholder?: string
  title?: string
  children?: ComponentChildren
}

/** One line of text that can be changed; its button comes with the first change. */
export function ShortForm({ words, value, most, give, children, ...field }: Props) {
  const typed = useSignal(value ?? '')
  return (
    <form
      class="short-form"
      onSubmit={(event) => {
        event.preventDefault()
        give(typed.peek())
      }}
    >
      <label>
        <span>{words.label}</span>
        <input
          {...field}
          type="text"
          dir="auto"
          autocomplete="off"
          maxLength={most}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value
          }}
        />
      </label>
      {children}
      {(typed.value.trim() || null) !== value && <button type="submit">{words.save}</button>}
    </form>
  )
}
