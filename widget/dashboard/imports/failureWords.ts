import { errorWords, own, words } from '../core/words.ts'
import type { Failure } from './reading/messages.ts'

/** Why a job came to nothing, in words. */
export function failureWords(failure: Failure): string {
  const { unreadable, cancelled } = words('imports')
  if (failure.kind === 'cancelled') return cancelled
  if (failure.kind === 'unreadable') return own<string>(unreadable, failure.code) ?? unreadable.unknown
  return errorWords(failure.error)
}
