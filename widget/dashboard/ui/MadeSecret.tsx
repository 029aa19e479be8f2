import { type Signal, useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { words } from '../core/words.ts'

interface Props<Made> {
  /** Where it is kept: it is forgotten there when it is seen no more. */
  kept: Signal<Made | null>
  secret: string
  /** What the secret is called. */
  name: string
  /** That it has to be copied now. */
  note: string
}

/** A secret that was just made, to be copied, and brought to where it is seen: it is not shown again. */
export function MadeSecret<Made>({ kept, secret, name, note }: Props<Made>) {
  const box = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const copied = useSignal(false)
  const w = words()
  useLayoutEffect(() => {
    box.current?.scrollIntoView?.({ block: 'nearest' })
    const mine = kept.peek()
    return () => {
      if (kept.peek() === mine) kept.value = null
    }
  }, [kept])

  async function copy() {
    try {
      await navigator.clipboard.writeText(secret)
      copied.value = true
    } catch {
      // Where the clipboard is refused, it can be copied by hand.
      field.current?.focus()
    }
  }

  return (
    <div class="made" ref={box}>
      <p role="status">{copied.value ? w.copied : note}</p>
      <p class="copied">
        <input
          ref={field}
          type="text"
          readOnly
          dir="ltr"
          value={secret}
          aria-label={name}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" onClick={copy}>
          {w.copy}
        </button>
      </p>
    </div>
  )
}
