import { describe, expect, it } from 'vitest'
import {
  guardOf,
  leastPrecedents,
  type Precedent,
  resemblesRefused,
} from '../../../../worker/moderation/learner/guard.ts'
import { read } from '../../../../worker/moderation/learner/lessons.ts'
import { tones } from '../../host/evaluate/samples.ts'
import { inEnglish } from './corpus.ts'
import { lessonsOf } from './lessons.ts'

const precedentsOf = (told: { body: string; refused: boolean }[]): Precedent[] =>
  lessonsOf(told.map(({ body }) => ({ text: body, label: 'fine' as const }))).map(
    ({ label, ...lesson }, at) => ({
      ...lesson,
      refused: told[at]?.refused ?? false,
    }),
  )

const told = tones()
const isLater = (_: unknown, at: number) => at % 8 > 5
const known = told.filter((one, at) => !isLater(one, at))
const later = told.filter(isLater)

describe('The guard', () => {
  it('keeps back what resembles refused comments, and little else', () => {
    const guard = guardOf(precedentsOf(known))
    const kept = (refused: boolean) => {
      const some = later.filter((one) => one.refused === refused)
      return some.filter(({ body }) => guard && resemblesRefused(guard, read(body))).length / some.length
    }
    expect(kept(true)).toBeGreaterThan(0.8)
    expect(kept(false)).toBeLessThan(0.5)
  })

  it('says nothing before thirty comments of each kind were decided', () => {
    const some = (refused: boolean, most: number) =>
      told.filter((one) => one.refused === refused).slice(0, most)
    expect(guardOf(precedentsOf([...some(true, leastPrecedents - 1), ...some(false, 40)]))).toBeNull()
    expect(guardOf(precedentsOf([...some(true, 40), ...some(false, leastPrecedents - 1)]))).toBeNull()
    expect(
      guardOf(precedentsOf([...some(true, leastPrecedents), ...some(false, leastPrecedents)])),
    ).not.toBeNull()
  })

  it('says nothing where the texts do not tell what is refused', () => {
    const alike = inEnglish(60, 5)
      .filter(({ label }) => label === 'fine')
      .map(({ text }, at) => ({ body: text, refused: at % 2 === 0 }))
    expect(alike.filter(({ refused }) => refused).length).toBeGreaterThanOrEqual(leastPrecedents)
    expect(guardOf(precedentsOf(alike))).toBeNull()
  })
})
