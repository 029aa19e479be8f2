import type { Label, Lesson, Packed } from './lessons.ts'
import { latestOf, mostLessons } from './training.ts'

/** A lesson as it is kept, without the features that `packLesson` made of its text. */
export interface PackedLesson extends Omit<Packed, 'features'> {
  seq: number
  label: Label
  author: number
  source: number | null
  cluster: number
  /** As in `Lesson`; missing in packs of old. */
  page?: number
  arrival?: NonNullable<Lesson['arrival']>
  standsFor?: number
  swept?: boolean
}

/** Lessons that are kept in one row, so that a model is made of a few rows. */
export interface Pack {
  id: number
  lessons: PackedLesson[]
}

/** Most lessons of a pack. */
export const mostOfPack = 64

/** All packs as they are to be, those of them that are new or changed, and those that are no more. */
export interface Repacked {
  packs: Pack[]
  changed: Pack[]
  gone: number[]
}

/**
 * Takes lessons out of packs, puts others into the last one, and leaves out what no model is made of any more. Of two
 * neighbours that fill half a pack together one is made. Few of them change.
 */
export function repack(packs: Pack[], removed: Set<number>, added: PackedLesson[]): Repacked {
  const filled = [...packs.map((pack) => without(pack, removed))]
  for (const lesson of added) {
    const last = filled.at(-1)
    if (last && last.lessons.length < mostOfPack)
      filled[filled.length - 1] = { id: last.id, lessons: [...last.lessons, lesson] }
    else filled.push({ id: (last?.id ?? 0) + 1, lessons: [lesson] })
  }
  const next = joined(trimmed(filled).filter(({ lessons }) => lessons.length > 0))
  const [before, after] = [new Set(packs), new Set(next.map(({ id }) => id))]
  return {
    packs: next,
    changed: next.filter((pack) => !before.has(pack)),
    gone: packs.map(({ id }) => id).filter((id) => !after.has(id)),
  }
}

/** All lessons of packs, by comment. */
export const lessonsIn = (packs: Pack[]): PackedLesson[] =>
  packs.flatMap(({ lessons }) => lessons).sort((one, other) => one.seq - other.seq)

const without = (pack: Pack, removed: Set<number>): Pack =>
  pack.lessons.some(({ seq }) => removed.has(seq))
    ? { id: pack.id, lessons: pack.lessons.filter(({ seq }) => !removed.has(seq)) }
    : pack

/** Old lessons go some at a time: each that goes changes a pack. */
function trimmed(packs: Pack[]): Pack[] {
  const all = lessonsIn(packs)
  if (all.length < mostLessons + mostOfPack) return packs
  const used = new Set(latestOf(all))
  const gone = new Set(all.filter((lesson) => !used.has(lesson)).map(({ seq }) => seq))
  return packs.map((pack) => without(pack, gone))
}

function joined(packs: Pack[]): Pack[] {
  const next: Pack[] = []
  for (const pack of packs) {
    const last = next.at(-1)
    if (last && last.lessons.length + pack.lessons.length <= mostOfPack / 2)
      next[next.length - 1] = { id: last.id, lessons: [...last.lessons, ...pack.lessons] }
    else next.push(pack)
  }
  return next
}
