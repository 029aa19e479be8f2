import { mostRefused } from './guard.ts'
import type { Teaching } from './label.ts'
import type { Label, Lesson, Packed } from './lessons.ts'
import { latestOf, mostLessons } from './training.ts'

/** A lesson as it is kept, without the features that `packLesson` made of its text. */
export interface PackedLesson<Taught extends Teaching = Teaching> extends Omit<Packed, 'features'> {
  seq: number
  label: Taught
  author: number
  source: number | null
  cluster: number
  /** As in `Lesson`; missing in packs of old. */
  page?: number
  arrival?: NonNullable<Lesson['arrival']>
  standsFor?: number
  swept?: boolean
}

/** Lessons that are kept in one row, so that a model is made of a few rows: of spam, or of what else is refused. */
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
 * neighbours that fill half a pack together one is made. Few of them change. What is refused has packs of its own, as
 * it grows old at another pace.
 */
export function repack(packs: Pack[], removed: Set<number>, added: PackedLesson[]): Repacked {
  let last = Math.max(0, ...packs.map(({ id }) => id))
  const next = [false, true].flatMap((refused) => {
    const filled = packs.filter((pack) => isOfRefused(pack) === refused).map((pack) => without(pack, removed))
    for (const lesson of added.filter((one) => isRefused(one) === refused)) {
      const latest = filled.at(-1)
      if (latest && latest.lessons.length < mostOfPack)
        filled[filled.length - 1] = { id: latest.id, lessons: [...latest.lessons, lesson] }
      else filled.push({ id: ++last, lessons: [lesson] })
    }
    return joined(trimmed(filled).filter(({ lessons }) => lessons.length > 0))
  })
  const [before, after] = [new Set(packs), new Set(next.map(({ id }) => id))]
  return {
    packs: next,
    changed: next.filter((pack) => !before.has(pack)),
    gone: packs.map(({ id }) => id).filter((id) => !after.has(id)),
  }
}

const isRefused = ({ label }: PackedLesson) => label === 'refused'
const isOfRefused = ({ lessons }: Pack) => lessons.some(isRefused)

const all = (packs: Pack[]) =>
  packs.flatMap(({ lessons }) => lessons).sort((one, other) => one.seq - other.seq)

/** All lessons of packs on what is spam and what is not, by comment. */
export const lessonsIn = (packs: Pack[]): PackedLesson<Label>[] =>
  all(packs).filter((one): one is PackedLesson<Label> => !isRefused(one))

/** All lessons of packs on what else people refuse, by comment. */
export const refusedIn = (packs: Pack[]): PackedLesson[] => all(packs).filter(isRefused)

const without = (pack: Pack, removed: Set<number>): Pack =>
  pack.lessons.some(({ seq }) => removed.has(seq))
    ? { id: pack.id, lessons: pack.lessons.filter(({ seq }) => !removed.has(seq)) }
    : pack

/** Old lessons go some at a time: each that goes changes a pack. */
function trimmed(packs: Pack[]): Pack[] {
  const [lessons, refused] = [lessonsIn(packs), refusedIn(packs)]
  if (lessons.length < mostLessons + mostOfPack && refused.length < mostRefused + mostOfPack) return packs
  const used = new Set<PackedLesson>([...latestOf(lessons), ...refused.slice(-mostRefused)])
  const gone = new Set(all(packs).flatMap((lesson) => (used.has(lesson) ? [] : [lesson.seq])))
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
