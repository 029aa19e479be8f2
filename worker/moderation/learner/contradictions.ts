import type { Lesson } from './lessons.ts'

/** A decision contradicts the others where they find it as unlikely as this, in log-odds: about one in five. */
const surprising = 1.4

/**
 * The decisions that contradict most what all others taught, the most surprising first: a mistake of a person moves a
 * threshold as much as a hundred decisions that are right.
 *
 * @param scores log-odds of spam by lesson, by the fold that left it out
 * @param most how many at most
 * @returns the `seq` of their comments
 */
export const contradictions = (
  lessons: Pick<Lesson, 'seq' | 'label'>[],
  scores: number[],
  most: number,
): number[] =>
  lessons
    .map(({ seq, label }, at) => ({ seq, surprise: (scores[at] as number) * (label === 'fine' ? 1 : -1) }))
    .filter(({ surprise }) => surprise > surprising)
    .sort((one, other) => other.surprise - one.surprise)
    .slice(0, most)
    .map(({ seq }) => seq)
