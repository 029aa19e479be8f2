import { words } from '../words.ts'

/** Lines to be copied, as the pages have them; the page's own script copies. */
export function Code({ text }: { text: string }) {
  const { copy, done } = words
  return (
    <figure class="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <button type="button" data-copy={done}>
        <span aria-live="polite">{copy}</span>
      </button>
    </figure>
  )
}
