import { expect, it } from 'vitest'
import type { FlagReason } from '../../../worker/contract/flagReasons.ts'
import { weightOf } from '../../../worker/moderation/reports.ts'

const cases: [
  who: string,
  known: boolean,
  upheld: number,
  refused: number,
  weight: number,
  urgent: boolean,
][] = [
  ['a stranger without a past', false, 0, 0, 1, true],
  ['a stranger who was refused twice', false, 0, 2, 1, true],
  ['a stranger who was refused three times', false, 0, 3, 0, false],
  ['a stranger refused three times, and upheld once', false, 1, 3, 0, false],
  ['a stranger refused three times, and upheld twice', false, 2, 3, 1, false],
  ['a stranger upheld as often as refused', false, 3, 3, 1, true],
  ['a stranger upheld five times', false, 5, 0, 1, true],
  ['a stranger upheld six times', false, 6, 0, 2, true],
  ['a stranger upheld six times of nine', false, 6, 3, 1, true],
  ['a stranger upheld seven times of ten', false, 7, 3, 2, true],
  ['a known reader without a past', true, 0, 0, 2, true],
  ['a known reader who was refused three times', true, 0, 3, 0, false],
  ['a known reader refused three times, and upheld twice', true, 2, 3, 1, false],
  ['a known reader upheld a hundred times', true, 100, 0, 2, true],
  ['a known reader upheld a hundred times, then refused fifty', true, 100, 50, 2, true],
]

it.each(cases)('A report of %s', (_, known, upheld, refused, weight, urgent) => {
  const by = { known, upheld, refused }
  for (const reason of ['spam', 'off_topic', 'other'] satisfies FlagReason[])
    expect(weightOf(by, reason)).toEqual({ weight, atOnce: false })
  for (const reason of ['abuse', 'personal_data', 'illegal'] satisfies FlagReason[])
    expect(weightOf(by, reason)).toEqual({ weight, atOnce: urgent })
})
