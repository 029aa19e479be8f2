import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** Milliseconds without a key after which what is typed is taken. */
export const pause = 250

/** What was typed, once whoever types pauses. */
export function usePaused(text: string): string {
  const taken = useSignal(text)
  useEffect(() => {
    const timer = setTimeout(() => {
      taken.value = text
    }, pause)
    return () => clearTimeout(timer)
  }, [text, taken])
  return taken.value
}
