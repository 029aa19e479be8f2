import { untried } from '../../moderation/learner/automation.ts'
import { type Guard, guardOf, precedentsOf, readGuard, writeGuard } from '../../moderation/learner/guard.ts'
import type { Lesson } from '../../moderation/learner/lessons.ts'
import { sequence } from '../../moderation/learner/regression.ts'
import { fitted } from '../../moderation/learner/training.ts'
import { averagedFigures, type Figures } from './figures.ts'
import { share } from './metrics.ts'
import { lessonsOf, taughtInOrder } from './pupil.ts'
import type { Sample } from './sample.ts'
import { shuffled } from './stream.ts'
import { assessing } from './triage.ts'
import type { Result } from './trial.ts'

/** A site where people refuse comments for another reason than advertising, such as abuse. */
export interface Abuse {
  /** Decided texts of which `spam` stands for what is refused. */
  samples: Sample[]
  /** After so many were refused, the rest of them is tested. */
  refusals: number
  runs: number
  seed: number
}

/** What becomes of comments that people would refuse and of others beside them, where spam comes, too. */
export function abused(samples: Sample[], { runs, seed, ...abuse }: Abuse): Result {
  const done = Array.from({ length: runs }, (_, run) => once(samples, abuse, seed * 1000 + run))
  const mean = (of: (one: Run) => number) => done.reduce((sum, one) => sum + of(one), 0) / runs
  return {
    name: `after ${abuse.refusals} refusals`,
    runs,
    decisions: mean(({ decisions }) => decisions),
    tested: mean(({ tested }) => tested),
    figures: {},
    others: {
      'what people would refuse': averagedFigures(done.map(({ refused }) => refused)),
      'good comments beside it': averagedFigures(done.map(({ good }) => good)),
    },
  }
}

interface Run {
  decisions: number
  tested: number
  refused: Figures
  good: Figures
}

function once(
  samples: Sample[],
  { samples: own, refusals }: Pick<Abuse, 'samples' | 'refusals'>,
  seed: number,
): Run {
  const stream = shuffled([...samples, ...own], sequence(seed))
  const beside = new Set(own)
  const isRefused = (one: Sample) => beside.has(one) && one.label === 'spam'
  const last = stream.filter(isRefused)[refusals - 1]
  const decided = stream.slice(0, last ? stream.indexOf(last) + 1 : stream.length)
  const rest = stream.slice(decided.length).filter((one) => beside.has(one))
  const lessons = lessonsOf(decided.map((one, seq) => ({ ...one, seq })))
  const refused = lessons.filter(({ seq }) => isRefused(decided[seq] as Sample))
  const published = lessons.filter(({ label }) => label === 'fine')
  const screen = assessing({
    model: taughtInOrder(decided.filter((one) => !isRefused(one))),
    guard: guardAmong(refused, published),
    automation: untried,
  })
  const verdicts = (some: Sample[]): Figures => {
    const all = some.map((one) => screen(one).verdict)
    const become = (verdict: string) => share(all, (one) => one === verdict)
    return { published: become('approve'), spam: become('spam'), held: become('hold') }
  }
  return {
    decisions: decided.length,
    tested: rest.length,
    refused: verdicts(rest.filter(isRefused)),
    good: verdicts(rest.filter((one) => !isRefused(one))),
  }
}

/** The guard that a site has of these lessons, as it is read back from where it is kept. */
function guardAmong(refused: Lesson[], published: Lesson[]): Guard | null {
  const precedents = precedentsOf(refused, published)
  return precedents.length === 0 ? null : readGuard(writeGuard(guardOf(fitted(precedents), precedents)))
}
