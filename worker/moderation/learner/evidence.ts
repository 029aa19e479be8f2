import type { Label, Lesson } from './lessons.ts'
import type { Scored } from './thresholds.ts'

/** What came to a site and was read by no person, as far as thresholds need it. */
export interface Unread {
  /** How many automatic verdicts nobody checked, by `placeOf` each. */
  verdicts: Record<string, number>
  /** The scores of some comments that wait for a person, and how many wait. */
  waiting: { scores: number[]; count: number }
}

export const nothingUnread: Unread = { verdicts: {}, waiting: { scores: [], count: 0 } }

/** So wide is a place of scores, in log-odds, and so far from 0 is the last. */
const width = 0.25
const furthest = 15

/** The place that an automatic verdict is counted at: its class, and its score, rounded towards the other class. */
export function placeOf(label: Label, score: number): string {
  const within = Math.max(-furthest, Math.min(furthest, score))
  const edge = label === 'fine' ? Math.ceil(within / width) : Math.floor(within / width)
  return `${label} ${edge}`
}

/** The verdicts that a place counts, as thresholds take them. */
function counted([place, count]: [string, number]): Scored {
  const [label, edge] = place.split(' ')
  return { label: label as Label, score: Number(edge) * width, weight: count }
}

/** A text that nobody read counts in both classes, in each by its chance to be of it. */
function byChance(score: number, weight: number): Scored[] {
  const chance = 1 / (1 + Math.exp(-score))
  return [
    { label: 'fine', score, weight: weight * (1 - chance) },
    { label: 'spam', score, weight: weight * chance },
  ]
}

/** A model that knew this share of today's lessons says of a comment about what today's would have said. */
const likeToday = 0.7

/**
 * What thresholds are taken from: all that comes to the site, so that no choice of what people read bends them.
 * People decide what screening holds, in whatever order the queue has; so the rest counts, too. An automatic verdict
 * that nobody checked counts as what it is, what waits and what was decided in a sweep by its chance.
 * A lesson counts at the worse of two scores: that of the fold that left it out, and that of the model of the time when
 * it came (prequential: Dawid, 1984), where that knew enough.
 *
 * @param scores log-odds by lesson, by the fold that left it out
 * @param weights how much each lesson counts
 */
export function evidenceOf(
  lessons: Omit<Lesson, 'reading'>[],
  { scores, weights }: { scores: number[]; weights: number[] },
  { verdicts, waiting }: Unread,
): Scored[] {
  const read = lessons.flatMap((lesson, at): Scored[] => {
    const { label, arrival, standsFor = 1, swept } = lesson
    const [score, weight] = [scores[at] as number, (weights[at] as number) * standsFor]
    if (swept) return byChance(arrival?.score ?? score, weight)
    if (!arrival || arrival.decisions < likeToday * lessons.length) return [{ label, score, weight }]
    const worse = label === 'fine' ? Math.max(score, arrival.score) : Math.min(score, arrival.score)
    return [{ label, score: worse, weight }]
  })
  const each = waiting.count / (waiting.scores.length || 1)
  return [
    ...read,
    ...Object.entries(verdicts).map(counted),
    ...waiting.scores.flatMap((score) => byChance(score, each)),
  ]
}
