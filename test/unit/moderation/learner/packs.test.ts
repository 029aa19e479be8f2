import { describe, expect, it } from 'vitest'
import { mostRefused } from '../../../../worker/moderation/learner/guard.ts'
import type { Teaching } from '../../../../worker/moderation/learner/label.ts'
import {
  lessonsIn,
  mostOfPack,
  type Pack,
  type PackedLesson,
  refusedIn,
  repack,
} from '../../../../worker/moderation/learner/packs.ts'
import { latestOf, mostLessons } from '../../../../worker/moderation/learner/training.ts'

const lesson = <Taught extends Teaching>(seq: number, label: Taught): PackedLesson<Taught> => ({
  ...{ seq, label, author: seq, source: null, cluster: seq, script: 'Latin', size: 50 },
})
const lessons = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => lesson(from + at, at % 2 === 0 ? 'fine' : 'spam'))
const seqsOf = (packs: Pack[]) => lessonsIn(packs).map(({ seq }) => seq)
const none = new Set<number>()

describe('Packs of lessons', () => {
  it('hold what came, as few of them as they fill', () => {
    const { packs, changed, gone } = repack([], none, lessons(1, 3 * mostOfPack))
    expect(packs.map(({ id, lessons }) => [id, lessons.length])).toEqual(
      [1, 2, 3].map((id) => [id, mostOfPack]),
    )
    expect([changed, gone]).toEqual([packs, []])
  })

  it('change where a lesson comes or goes, and nowhere else', () => {
    const { packs } = repack([], none, lessons(1, 3 * mostOfPack - 1))
    const later = repack(packs, new Set([2]), [lesson(999, 'fine')])
    expect(later.changed.map(({ id }) => id)).toEqual([1, 3])
    expect(seqsOf(later.packs)).toEqual([...seqsOf(packs).filter((seq) => seq !== 2), 999])
    expect(repack(packs, new Set([12_345]), [])).toEqual({ packs, changed: [], gone: [] })
  })

  it('are no more than four times as many as it takes, whatever goes', () => {
    let { packs } = repack([], none, lessons(1, 6 * mostOfPack))
    for (const seq of seqsOf(packs).filter((seq) => seq % 64 !== 5)) {
      const next = repack(packs, new Set([seq]), [])
      const ids = new Set(next.packs.map(({ id }) => id))
      expect(packs.filter(({ id }) => !ids.has(id)).map(({ id }) => id)).toEqual(next.gone)
      packs = next.packs
      expect(packs.length).toBeLessThanOrEqual(4 * Math.ceil(lessonsIn(packs).length / mostOfPack))
    }
    expect(packs.length).toBeLessThanOrEqual(2)
    expect(seqsOf(packs)).toEqual([5, 69, 133, 197, 261, 325])
    const emptied = repack(packs, new Set(seqsOf(packs)), [])
    expect(emptied).toEqual({ packs: [], changed: [], gone: packs.map(({ id }) => id) })
  })

  it('keep what a model is made of, and little more', () => {
    const told = Array.from({ length: 3000 }, (_, at) => lesson(at + 1, at % 10 === 0 ? 'spam' : 'fine'))
    let packs: Pack[] = []
    for (let at = 0; at < told.length; at += 25) packs = repack(packs, none, told.slice(at, at + 25)).packs
    const kept = lessonsIn(packs)
    expect(kept.length).toBeLessThan(mostLessons + mostOfPack)
    expect(latestOf(kept)).toEqual(latestOf(told))
  })

  it('keep the latest of what is refused for another reason, too, apart from the others', () => {
    const told = Array.from({ length: 1000 }, (_, at) => lesson(at + 1, at % 2 === 0 ? 'refused' : 'fine'))
    let packs: Pack[] = []
    for (let at = 0; at < told.length; at += 25) {
      const next = repack(packs, none, told.slice(at, at + 25))
      expect(new Set(next.packs.map(({ id }) => id)).size).toBe(next.packs.length)
      expect(next.changed.length).toBeLessThanOrEqual(6)
      packs = next.packs
    }
    const refused = refusedIn(packs).map(({ seq }) => seq)
    expect(refused.length).toBeLessThan(mostRefused + mostOfPack)
    expect(refused.slice(-mostRefused)).toEqual(
      told.flatMap(({ seq, label }) => (label === 'refused' ? [seq] : [])).slice(-mostRefused),
    )
    expect(lessonsIn(packs)).toHaveLength(500)
    for (const { lessons } of packs) expect(new Set(lessons.map(({ label }) => label)).size).toBe(1)
  })
})
