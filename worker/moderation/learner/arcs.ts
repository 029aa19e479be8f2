import { type Lesson, weightsOf } from './lessons.ts'
import { mixed } from './regression.ts'

/** Models that together make the one that scores, a power of two; each leaves a part of the lessons out. */
export const folds = 16

/** Most features of an arc's lessons together, but for one lesson that has more. */
const mostOfArc = 100_000

/** A lesson's place among all by comment, its label (1 for spam), and how much it counts, classes balanced. */
export type Placed = [at: number, label: 0 | 1, weight: number]

/** Lessons of one fold that a fit learns from, or scores, at a time. */
export interface Arc {
  fold: number
  /** Features of the lessons' whole texts. */
  size: number
  lessons: Placed[]
}

/** What arcs are made by. */
export type Sized = Pick<Lesson, 'seq' | 'label' | 'author' | 'source' | 'cluster' | 'size'>

/**
 * Lessons, which stand in the order of their comments, in the order in which they are learnt: that of hashes, which
 * only their numbers decide. Texts nearly alike share the hash of the first of them that is there, and so a fold: none
 * is scored by a model that knows its twin. Each fold has an arc, were it an empty one.
 */
export function arcsOf(lessons: Sized[]): Arc[] {
  const first = new Map<number, number>()
  for (const { cluster, seq } of lessons) if (!first.has(cluster)) first.set(cluster, seq)
  const places = lessons.map(({ cluster }) => mixed(first.get(cluster) as number))
  const weights = balanced(lessons)
  const arcs: Arc[] = Array.from({ length: folds }, (_, fold) => ({ fold, size: 0, lessons: [] }))
  const order = [...lessons.keys()].sort(
    (one, other) => (places[one] as number) - (places[other] as number) || one - other,
  )
  const found: Arc[] = []
  for (const at of order) {
    const { label, size } = lessons[at] as Sized
    const fold = Math.floor((places[at] as number) * folds)
    let arc = arcs[fold] as Arc
    if (arc.lessons.length > 0 && arc.size + size > mostOfArc) {
      found.push(arc)
      arc = { fold, size: 0, lessons: [] }
      arcs[fold] = arc
    }
    arc.lessons.push([at, label === 'spam' ? 1 : 0, weights[at] as number])
    arc.size += size
  }
  return [...found, ...arcs].sort((one, other) => one.fold - other.fold)
}

/** Weights by which both classes count alike. */
function balanced(lessons: Sized[]): number[] {
  const weights = weightsOf(lessons)
  const total = { fine: 0, spam: 0 }
  for (const [at, { label }] of lessons.entries()) total[label] += weights[at] as number
  const half = (total.fine + total.spam) / 2
  return lessons.map(({ label }, at) => ((weights[at] as number) * half) / total[label])
}
