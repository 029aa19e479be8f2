import * as v from 'valibot'
import { line, visible } from './input.ts'
import { limits } from './limits.ts'

/** Signs that readers take for a badge: ticks, shields, medals, name tags. */
const badgeSigns =
  /[\u237b\u2611\u2705\u2713\u2714\u272a\u{1f396}\u{1f4db}\u{1f5f8}\u{1f5f9}\u{1f6e1}]\ufe0f?/gu

/** Embeddings, overrides and isolates, and forms of control that Unicode advises against. */
const turns = /[\u202a-\u202e\u2066-\u2069\u206a-\u206f]/g

/** Marks of direction, which names in Hebrew, Arabic and their kin are written with. */
const marks = /[\u061c\u200e\u200f]/g
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** A name without what turns its direction. */
function withoutTurns(name: string): string {
  const straight = name.replace(turns, '')
  const isWrittenSo = rightToLeft.test(straight.replace(marks, ''))
  return (isWrittenSo ? straight : straight.replace(marks, '')).trim()
}

/**
 * More marks on a letter than a language is written with, which grow out of the line: five that go with any letter
 * (Vietnamese and Greek have up to three), nine of whatever script (Hebrew with its accents has up to six), or the
 * same one three times.
 */
const ofAnyLetter =
  '\\u0300-\\u036f\\u0483-\\u0489\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f'
const heaped = new RegExp(`[${ofAnyLetter}]{5}|\\p{M}{9}|(\\p{M})\\1{2}`, 'u')

/**
 * The name of an author or of a member of staff as it is kept. Signs like a badge and heaps of marks are refused; what
 * turns its direction goes.
 */
export const authorName = v.pipe(
  line(limits.name),
  visible,
  v.transform(withoutTurns),
  v.check((name) => name.search(badgeSigns) < 0, 'invalid'),
  v.check((name) => !heaped.test(name.normalize('NFD')), 'invalid'),
)

/**
 * A name that was written elsewhere, as one is kept here: without what turns its direction and signs like a badge, with two
 * marks on a letter where they were heaped.
 */
export function tamedName(name: string): string {
  const plain = withoutTurns(name).replace(badgeSigns, '').trim()
  const parts = plain.normalize('NFD')
  return heaped.test(parts) ? parts.replace(/(\p{M}{2})\p{M}+/gu, '$1').normalize('NFC') : plain
}
