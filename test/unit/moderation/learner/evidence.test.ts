import { describe, expect, it } from 'vitest'
import { contradictions } from '../../../../worker/moderation/learner/contradictions.ts'
import { directionIn } from '../../../../worker/moderation/learner/directions.ts'
import { evidenceOf, nothingUnread, placeOf } from '../../../../worker/moderation/learner/evidence.ts'
import type { Lesson } from '../../../../worker/moderation/learner/lessons.ts'
import { groundOf, isNewGround } from '../../../../worker/moderation/learner/newPages.ts'
import { type Scored, spreadOf, thresholdsFor } from '../../../../worker/moderation/learner/thresholds.ts'
import { inEnglish } from './corpus.ts'
import { lessonsOf } from './lessons.ts'

const [fine, spam] = (['fine', 'spam'] as const).map(
  (label) => lessonsOf(inEnglish(20).map((one) => ({ ...one, label })))[0] as Lesson,
) as [Lesson, Lesson]

const evidence = (lessons: Lesson[], scores: number[], unread = nothingUnread) =>
  evidenceOf(lessons, { scores, weights: lessons.map(() => 1) }, unread)

const massOf = (scored: Scored[], label: 'fine' | 'spam') =>
  scored.reduce((sum, one) => (one.label === label ? sum + one.weight : sum), 0)

describe('What thresholds are taken from', () => {
  it('counts an automatic verdict that nobody checked as what it is, a little nearer the other class', () => {
    const verdicts = { [placeOf('fine', -3.1)]: 7, [placeOf('spam', 4.1)]: 2 }
    expect(evidence([], [], { ...nothingUnread, verdicts })).toEqual([
      { label: 'fine', score: -3, weight: 7 },
      { label: 'spam', score: 4, weight: 2 },
    ])
  })

  it.each([-99, 99, -15, 15, 0])('keeps a score of %d at a place of few', (score) => {
    for (const label of ['fine', 'spam'] as const)
      expect(placeOf(label, score)).toMatch(/^(fine|spam) -?\d{1,2}$/)
  })

  it('counts what waits in both classes, by its chance, as many as there are', () => {
    const found = evidence([], [], { verdicts: {}, waiting: { scores: [-2, 2], count: 10 } })
    expect(massOf(found, 'fine')).toBeCloseTo(5)
    expect(massOf(found, 'spam')).toBeCloseTo(5)
  })

  it('takes the worse of what a fold and the model of the time said, where that knew enough', () => {
    const came = (lesson: Lesson, score: number, decisions: number) =>
      evidence([{ ...lesson, arrival: { score, decisions } }], [lesson === fine ? -4 : 4])[0]?.score
    expect(came(fine, -1, 1)).toBe(-1)
    expect(came(fine, -6, 1)).toBe(-4)
    expect(came(spam, 1, 1)).toBe(1)
    expect(came(fine, -1, 0)).toBe(-4)
  })

  it('takes no sweep for a look at each comment', () => {
    const found = evidence([{ ...fine, swept: true, arrival: { score: 0, decisions: 1 } }], [-4])
    expect(massOf(found, 'spam')).toBeCloseTo(0.5)
  })

  it('counts a wrong verdict for all those that nobody checked', () => {
    expect(massOf(evidence([{ ...spam, standsFor: 20 }], [3]), 'spam')).toBe(20)
  })
})

describe('A site where spam is rare', () => {
  const scored = [
    ...Array.from({ length: 950 }, (_, at): Scored => ({ label: 'fine', score: -5 + at / 400, weight: 1 })),
    ...Array.from({ length: 50 }, (_, at): Scored => ({ label: 'spam', score: -3 + at / 8, weight: 1 })),
  ]
  const spreads = { fine: spreadOf(scored, 'fine'), spam: spreadOf(scored, 'spam') }
  const heldUnder = (publishedSpam: 'share' | 'one_in_100' | 'one_in_200' | 'one_in_500') => {
    const { fine } = thresholdsFor(spreads, { errorRate: 0.01, publishedSpam })
    const published = scored.filter(({ score }) => score < fine)
    const slipped = published.filter(({ label }) => label === 'spam').length
    return { held: scored.length - published.length, share: slipped / published.length }
  }

  it('keeps the promise of what is published, and leaves the less to people the less it promises', () => {
    const kinds = ['share', 'one_in_500', 'one_in_200', 'one_in_100'] as const
    const all = kinds.map(heldUnder)
    expect(all[3]?.share).toBeLessThanOrEqual(0.01)
    expect(all[2]?.share).toBeLessThanOrEqual(0.005)
    expect(all[1]?.share).toBeLessThanOrEqual(0.002)
    const held = all.map((one) => one.held)
    expect(held).toEqual(held.toSorted((one, other) => other - one))
    expect(held[2]).toBeLessThan(held[0] as number)
  })
})

describe('A writing system', () => {
  const direction = (Japanese: { fine: number; spam: number }, Latin: { fine: number; spam: number }) =>
    (['Japanese', 'Latin', 'Arabic'] as const).map((script) =>
      directionIn({ scripts: { Japanese, Latin } }, script, 0.01),
    )

  it.each([
    ['both were decided', { fine: 15, spam: 15 }, { fine: 20, spam: 90 }, ['both', 'both', 'none']],
    ['all spam is in another', { fine: 400, spam: 0 }, { fine: 1, spam: 120 }, ['fine', 'spam', 'none']],
    ['too little spam is known', { fine: 400, spam: 0 }, { fine: 0, spam: 60 }, ['none', 'spam', 'none']],
    ['some spam is in it, too', { fine: 400, spam: 2 }, { fine: 9, spam: 120 }, ['none', 'none', 'none']],
  ])('may be decided as far as is known of it, where %s', (_, japanese, latin, expected) => {
    expect(direction(japanese, latin)).toEqual(expected)
  })
})

describe('Decisions that contradict the others', () => {
  const lessons = [fine, spam, fine, spam].map((lesson, seq) => ({ ...lesson, seq }))

  it('are those that all others find unlikely, the worst first, and no more than asked for', () => {
    expect(contradictions(lessons, [2, 3, -1, -5], 9)).toEqual([3, 0])
    expect(contradictions(lessons, [2, 3, -1, -5], 1)).toEqual([3])
    expect(contradictions(lessons, [-2, 3, 1, -1], 9)).toEqual([])
  })
})

describe('A page', () => {
  it.each([
    [1, 0, true],
    [1, 10, false],
    [19, 9, true],
    [20, 0, false],
  ])('of a site that knows %d pages, asked of %d times, is new ground: %s', (pages, asked, is) => {
    expect(isNewGround({ pages, familiar: [] }, { page: 7, asked })).toBe(is)
  })

  it.each([
    ['nine fine comments', { fine: 9, spam: 30 }, true],
    ['ten', { fine: 10, spam: 0 }, false],
  ])('with %s decided is new ground: %s', (_, { fine: good, spam: bad }, is) => {
    const lessons = [
      ...Array.from({ length: good }, (_, seq) => ({ seq, page: 7, label: 'fine' as const })),
      ...Array.from({ length: bad }, (_, seq) => ({ seq: good + seq, page: 7, label: 'spam' as const })),
    ]
    const ground = groundOf(lessons)
    expect(isNewGround(ground, { page: 7, asked: 0 })).toBe(is)
    expect(isNewGround(ground, { page: 8, asked: 0 })).toBe(true)
  })

  it('of which nothing is known is no page that the model knows', () => {
    const ground = groundOf(Array.from({ length: 15 }, (_, seq) => ({ seq, label: 'fine' as const })))
    expect(isNewGround(ground, { page: undefined, asked: 0 })).toBe(true)
  })
})
