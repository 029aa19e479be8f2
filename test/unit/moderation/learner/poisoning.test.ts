import { describe, expect, it } from 'vitest'
import type { Label, Lesson } from '../../../../worker/moderation/learner/lessons.ts'
import type { Model } from '../../../../worker/moderation/learner/model.ts'
import { thresholdsFor } from '../../../../worker/moderation/learner/thresholds.ts'
import { inEnglish, texts } from './corpus.ts'
import { bandsOf, lessonsOf, modelOf, opinionOf } from './lessons.ts'

const rate = 0.05

/** As far as a few lessons more, whatever they say, move thresholds. */
const little = 0.5

const lessons = lessonsOf(inEnglish(200))
const before = modelOf(lessons)
const edges = thresholdsFor(before.spreads, { errorRate: rate })

/** Texts that lie clearly in their band. */
const probes = inEnglish(80, 99)
  .map(({ text }) => text)
  .filter((text) => {
    const { score } = opinionOf(before, text, rate)
    return Math.min(Math.abs(score - edges.fine), Math.abs(score - edges.spam)) > 1
  })

/** 300 decisions that say the contrary of the others. */
const contrary = (label: Label, other: Label) =>
  lessonsOf(
    texts(inEnglish(300, 7), label).map((text) => ({ text, label: other })),
    1000,
  )
const floods = {
  'spam approved': contrary('spam', 'fine'),
  'good comments called spam': contrary('fine', 'spam'),
}

const flooded = (kind: keyof typeof floods, from: Partial<Lesson>) =>
  modelOf([...lessons, ...floods[kind].map((lesson) => ({ ...lesson, ...from }))])

function moved(model: Model): number {
  const now = thresholdsFor(model.spreads, { errorRate: rate })
  return Math.max(Math.abs(now.fine - edges.fine), Math.abs(now.spam - edges.spam))
}

const kinds = Object.keys(floods) as (keyof typeof floods)[]
const sources = {
  'one author': { author: 5000 },
  'one address and day': { source: 5000 },
  'texts nearly alike': { cluster: 5000 },
}

const bandsBefore = bandsOf(before, probes, rate)

describe.each(kinds)('A flood of 300 %s', (kind) => {
  it('is tried on comments of both classes', () => {
    expect(probes.length).toBeGreaterThan(80)
    expect(new Set(bandsBefore)).toEqual(new Set(['fine', 'spam']))
  })

  it.each(Object.entries(sources))('from %s moves no threshold and no comment to another band', (_, from) => {
    const model = flooded(kind, from)
    expect(moved(model)).toBeLessThan(little)
    expect(bandsOf(model, probes, rate)).toEqual(bandsBefore)
  })

  it('from 300 people moves both', () => {
    const model = flooded(kind, {})
    expect(moved(model)).toBeGreaterThan(little)
    const now = bandsOf(model, probes, rate)
    expect(bandsBefore.filter((band, at) => band !== now[at]).length).toBeGreaterThan(50)
  })
})
