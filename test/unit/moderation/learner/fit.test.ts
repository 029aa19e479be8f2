import { describe, expect, it } from 'vitest'
import { type Arc, arcsOf, folds } from '../../../../worker/moderation/learner/arcs.ts'
import {
  costOf,
  depthsFor,
  type Fit,
  newFit,
  type Unit,
  unitsOf,
  work,
} from '../../../../worker/moderation/learner/fit.ts'
import * as state from '../../../../worker/moderation/learner/fitState.ts'
import type { Lesson } from '../../../../worker/moderation/learner/lessons.ts'
import { write } from '../../../../worker/moderation/learner/model.ts'
import { train, trained } from '../../../../worker/moderation/learner/training.ts'
import { inEnglish } from './corpus.ts'
import { lessonsOf } from './lessons.ts'

const lessons = lessonsOf(inEnglish(50))

const readingsOf = ({ lessons: own }: Arc) => own.map(([at]) => (lessons[at] as Lesson).reading)

/** What a job keeps for the next one: all as text, and of the models only what is needed later. */
function keptAfter(fit: Fit, later: Unit[]): Fit {
  const descents: Fit['descents'] = []
  for (const depth of depthsFor(later))
    descents[depth] = state.readDescent(state.writeDescent(fit.descents[depth] as Fit['descents'][0]))
  return {
    descents,
    sums: state.readSums(state.writeSums(fit.sums)),
    scores: state.readScores(state.writeScores(fit.scores), lessons.length),
  }
}

describe('A fit', () => {
  const arcs = arcsOf(lessons)
  const units = unitsOf(arcs)

  it('that is broken off again and again ends as one that is not, bit by bit', () => {
    let fit = newFit(lessons.length)
    for (const [at, unit] of units.entries()) {
      const arc = arcs[unit.arc] as Arc
      work(fit, unit, arc.lessons, readingsOf(arc))
      if (at % 7 === 0) fit = keptAfter(fit, units.slice(at + 1))
    }
    const whole = train(lessons)
    expect(state.writeSums(fit.sums)).toBe(state.writeSums(whole.sums))
    expect(state.writeScores(fit.scores)).toBe(state.writeScores(whole.scores))
    expect(write(trained(fit, lessons).model)).toBe(write(whole.model))
  })

  it('needs no more than a model a depth, and at the end none', () => {
    for (const [at] of units.entries()) expect(depthsFor(units.slice(at)).size).toBeLessThanOrEqual(4)
    expect(depthsFor([])).toEqual(new Set())
    expect(depthsFor(units)).toEqual(new Set())
  })

  it('scores each arc once, by a model that learnt every other fold twice over and not its own', () => {
    const learnt: Set<number>[] = [new Set()]
    const scored: number[] = []
    for (const { act, depth, arc, isFirst } of units) {
      const { fold } = arcs[arc] as Arc
      if (act === 'learn') {
        if (isFirst) learnt[depth] = new Set(learnt[depth - 1])
        expect(learnt[depth]).not.toContain(arc)
        learnt[depth]?.add(arc)
      } else {
        scored.push(arc)
        const others = [...arcs.keys()].filter((other) => arcs[other]?.fold !== fold)
        expect([...(learnt[depth] as Set<number>)].sort((one, two) => one - two)).toEqual(others)
      }
    }
    expect(scored).toEqual([...arcs.keys()])
  })

  it('reads a feature no more than eleven times', () => {
    const size = lessons.reduce((sum, one) => sum + one.size, 0)
    expect(units.reduce((sum, unit) => sum + costOf(unit, arcs), 0)).toBe((4 * 2 + 3) * size)
  })
})

describe('Arcs', () => {
  const sized = (count: number, more: Partial<Lesson> = {}) =>
    Array.from({ length: count }, (_, at) => ({
      ...{ seq: at + 1, label: at % 4 ? ('fine' as const) : ('spam' as const), author: at, source: null },
      ...{ cluster: at + 1, size: 1000, ...more },
    }))

  it('have every lesson once, in each fold at least one, none of more than so many features', () => {
    const arcs = arcsOf(sized(3000))
    expect(arcs.flatMap(({ lessons }) => lessons.map(([at]) => at)).sort((one, two) => one - two)).toEqual([
      ...Array(3000).keys(),
    ])
    expect(arcs.map(({ fold }) => fold)).toEqual(arcs.map(({ fold }) => fold).toSorted((a, b) => a - b))
    expect(new Set(arcs.map(({ fold }) => fold)).size).toBe(folds)
    expect(Math.max(...arcs.map(({ size }) => size))).toBeLessThanOrEqual(100_000)
    expect(arcs.length).toBeLessThan(50)
    expect(new Set(arcsOf(sized(1)).map(({ fold }) => fold)).size).toBe(folds)
  })

  it('keep texts alike in one fold, whichever of them is there', () => {
    const alike = sized(40, { cluster: 7 })
    const foldOf = (all: typeof alike) => arcsOf(all).filter(({ lessons }) => lessons.length > 0)
    expect(foldOf(alike)).toHaveLength(1)
    expect(foldOf(alike.slice(1))).toHaveLength(1)
  })

  it('have both classes count alike', () => {
    const count = [0, 0]
    for (const { lessons } of arcsOf(sized(400)))
      for (const [, label, weight] of lessons) count[label] = (count[label] as number) + weight
    expect(count[0]).toBeCloseTo(count[1] as number, 6)
  })
})
