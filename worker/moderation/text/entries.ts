import { limits } from '../../contract/limits.ts'
import type { WordList } from '../../contract/wordLists.ts'
import { domainOf, hostIn } from './domain.ts'
import { foldEntry } from './lists.ts'

/** Why a list cannot be taken: the line or entry, counted from one, and what is wrong with it. */
export interface EntryProblem {
  at: number
  code: 'too_long' | 'invalid'
  limit?: number
}

/**
 * The entries of a list as they are kept: trimmed, without those that say the same as an earlier
 * one, domains without what is around them.
 */
export function readEntries(
  list: WordList,
  texts: readonly string[],
): { entries: string[] } | { problem: EntryProblem } {
  const entries = new Map<string, string>()
  for (const [index, text] of texts.entries()) {
    const problem = (code: EntryProblem['code'], limit?: number) => ({
      problem: { at: index + 1, code, ...(limit !== undefined && { limit }) },
    })
    const entry = text.trim()
    if (entry === '') continue
    if (entry.length > limits.word * 2 || [...entry].length > limits.word)
      return problem('too_long', limits.word)
    const kept = list === 'domains' ? domainEntry(entry) : wordEntry(entry)
    if (!kept) return problem('invalid')
    if (!entries.has(kept.same)) entries.set(kept.same, kept.entry)
    if (entries.size > limits.words) return problem('too_long', limits.words)
  }
  return { entries: [...entries.values()] }
}

/** The lines of a plain list; those that begin with `#` are comments and become empty. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/).map((line) => (/^\s*#/.test(line) ? '' : line))
}

interface Kept {
  entry: string
  /** Alike for entries that find the same. */
  same: string
}

function domainEntry(text: string): Kept | null {
  const domain = domainOf(text)
  if (domain === null) return null
  const host = hostIn(text)
  return { entry: domain.includes('.') ? host : `.${host}`, same: domain }
}

function wordEntry(text: string): Kept | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (!text.isWellFormed() || /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029]/.test(text)) return null
  const { folded, begins } = foldEntry(text)
  return folded === '' ? null : { entry: text, same: begins ? `${folded}*` : folded }
}
