import { useSignal } from '@preact/signals'
import { words } from './words.ts'

/** Lines to be copied, with a button that does. */
export function Code({ text }: { text: string }) {
  const copied = useSignal('')
  const { copy, done } = words()
  return (
    <figure class="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <button
        type="button"
        onClick={async () => {
          await navigator.clipboard.writeText(text).then(
            () => {
              copied.value = text
            },
            () => {},
          )
        }}
      >
        <span aria-live="polite">{copied.value === text ? done : copy}</span>
      </button>
    </figure>
  )
}
