import type { Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { parseSearch } from '../../../worker/contract/searchQuery.ts'
import { linkedComment, type Place } from '../core/location.ts'
import { pause } from '../ui/paused.ts'

/** Searches while somebody types, once they pause and what they typed is whole. */
export function useSearchWhileTyping(typed: Signal<string>, place: Place): void {
  const text = typed.value
  useEffect(() => {
    const q = text.trim()
    if (q === place.here.peek().q || linkedComment(q) || parseSearch(q).problem) return
    // The first step can be gone back to; the letters that follow are the same step.
    const timer = setTimeout(() => place.go({ q }, place.here.peek().q !== ''), pause)
    return () => clearTimeout(timer)
  }, [text, place])
}
