import { describe, expect, it } from 'vitest'
import {
  guardOf,
  leastPrecedents,
  mostRefused,
  precedentsOf,
  readGuard,
  resemblanceOf,
  writeGuard,
} from '../../../../worker/moderation/learner/guard.ts'
import type { Lesson } from '../../../../worker/moderation/learner/lessons.ts'
import { fitted } from '../../../../worker/moderation/learner/training.ts'
import { fold } from '../../../../worker/moderation/text/normalize.ts'
import { tones } from '../../host/evaluate/samples.ts'
import { inEnglish } from './corpus.ts'
import { lessonsOf } from './lessons.ts'

interface Told {
  body: string
  refused: boolean
}

/** The guard that is made of comments, as it is kept and read. */
function madeOf(told: Told[]) {
  const all = lessonsOf(told.map(({ body }) => ({ text: body, label: 'fine' as const })))
  const of = (refused: boolean): Lesson[] => all.filter((_, at) => told[at]?.refused === refused)
  const precedents = precedentsOf(of(true), of(false))
  return precedents.length === 0 ? null : readGuard(writeGuard(guardOf(fitted(precedents), precedents)))
}

const told = tones()
const isLater = (_: unknown, at: number) => at % 8 > 5
const known = told.filter((one, at) => !isLater(one, at))
const later = told.filter(isLater)
const byline = { name: 'Mika', url: null }

describe('The guard', () => {
  const guard = madeOf(known)
  const resemblance = (body: string) => guard && resemblanceOf(guard, { body, folded: fold(body), byline })

  it('keeps back what resembles refused comments, and little else', () => {
    const kept = (refused: boolean) => {
      const some = later.filter((one) => one.refused === refused)
      return some.filter(({ body }) => resemblance(body)).length / some.length
    }
    expect(kept(true)).toBeGreaterThan(0.6)
    expect(kept(false)).toBeLessThan(0.2)
  })

  it('says which words look so', () => {
    const terms = resemblance('You idiot, you should be ashamed.')?.terms
    expect(terms?.length).toBeGreaterThan(0)
    for (const term of terms ?? []) expect(['idiot', 'should', 'ashamed']).toContain(term)
  })

  it('says nothing before thirty comments of each kind were decided', () => {
    const some = (refused: boolean, most: number) =>
      told.filter((one) => one.refused === refused).slice(0, most)
    expect(madeOf([...some(true, leastPrecedents - 1), ...some(false, 40)])).toBeNull()
    expect(madeOf([...some(true, 40), ...some(false, leastPrecedents - 1)])).toBeNull()
    expect(madeOf([...some(true, leastPrecedents), ...some(false, leastPrecedents)])).not.toBeNull()
  })

  it('says nothing where the texts do not tell what is refused', () => {
    const alike = inEnglish(60, 5)
      .filter(({ label }) => label === 'fine')
      .map(({ text }, at) => ({ body: text, refused: at % 2 === 0 }))
    expect(alike.filter(({ refused }) => refused).length).toBeGreaterThanOrEqual(leastPrecedents)
    expect(madeOf(alike)).toBeNull()
  })

  it('is made of the latest, and of so much that few slices make it', () => {
    const some = (from: number, size: number) =>
      Array.from({ length: 400 }, (_, at) => ({
        ...{ seq: from + 2 * at, author: 1, source: null, cluster: 1, size },
      }))
    const all = precedentsOf(some(1, 100), some(2, 100))
    expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((one, other) => one - other))
    const refused = all.filter(({ label }) => label === 'spam')
    expect(refused).toHaveLength(mostRefused)
    expect(refused.at(-1)?.seq).toBe(799)
    expect(all.at(-1)?.seq).toBe(800)
    for (const [one, other] of [
      [100, 2000],
      [1200, 1200],
    ] as const)
      expect(
        precedentsOf(some(1, one), some(2, other)).reduce((sum, { size }) => sum + size, 0),
      ).toBeLessThanOrEqual(90_000)
  })
})
