import { sequence } from '../../moderation/learner/regression.ts'
import { averagedFigures, type Figures, figuresOf } from './figures.ts'
import { type Averaged, recallAt, type Scored, share } from './metrics.ts'
import type { Split, Trial } from './protocols.ts'
import { taughtInOrder } from './pupil.ts'
import { type Text, textBy } from './sample.ts'
import { type SpamPromise, screening } from './triage.ts'
import { tricks } from './tricks.ts'

/** What is tried besides the corpus itself. */
export interface Besides {
  /** Texts from elsewhere, by the name of their file. */
  others: Record<string, Text[]>
  evasion: boolean
  publishedSpam?: SpamPromise
  seed: number
}

/** What came of one trial; figures are shares from 0 to 1, averaged over its runs. */
export interface Result {
  name: string
  runs: number
  /** Decisions learnt from and texts tested, on average. */
  decisions: number
  tested: number
  figures: Record<string, Averaged | null>
  others?: Record<string, Record<string, Averaged | null>>
  /** Spam found when 2 % of ham is called spam, by trick. */
  evasion?: Record<string, Averaged | null>
}

interface Run {
  figures: Figures
  others: Record<string, Figures>
  evasion: Figures
}

const falsePositives = 0.02

function run({ train, test }: Split, { others, evasion, publishedSpam, seed }: Besides): Run {
  const screen = screening(taughtInOrder(train), publishedSpam)
  const assessed = test.map((sample) => ({ ...screen(sample), isSpam: sample.label === 'spam' }))
  return {
    figures: figuresOf(assessed),
    others: Object.fromEntries(
      Object.entries(others).map(([name, texts]) => {
        const verdicts = texts.map((text) => screen(text).verdict)
        const become = (verdict: string) => share(verdicts, (one) => one === verdict)
        return [name, { published: become('approve'), spam: become('spam'), held: become('hold') }]
      }),
    ),
    evasion: evasion ? evaded(test, assessed, screen, seed) : {},
  }
}

function evaded(
  test: Split['test'],
  assessed: Scored[],
  screen: ReturnType<typeof screening>,
  seed: number,
): Figures {
  const ham = assessed.filter(({ isSpam }) => !isSpam)
  const of = (label: string) => test.filter((one) => one.label === label)
  const good = of('fine').map(({ body }) => body)
  return Object.fromEntries(
    Object.entries(tricks).map(([name, trick]) => {
      const random = sequence(seed)
      const spam = of('spam').map((one) => ({
        score: screen(textBy({ name: one.name, url: one.website }, trick(one.body, good, random))).score,
        isSpam: true,
      }))
      return [name, recallAt(falsePositives, [...ham, ...spam])]
    }),
  )
}

/** Runs a trial. Deterministic. */
export function tried({ name, splits }: Trial, besides: Besides): Result {
  const runs = splits.map((split) => run(split, besides))
  const files = Object.keys(besides.others)
  const size = (of: (split: Split) => number) => splits.reduce((sum, one) => sum + of(one), 0) / splits.length
  return {
    name,
    runs: runs.length,
    decisions: size(({ train }) => train.length),
    tested: size(({ test }) => test.length),
    figures: averagedFigures(runs.map(({ figures }) => figures)),
    ...(files.length > 0 && {
      others: Object.fromEntries(
        files.map((file) => [file, averagedFigures(runs.map(({ others }) => others[file] ?? {}))]),
      ),
    }),
    ...(besides.evasion && { evasion: averagedFigures(runs.map(({ evasion }) => evasion)) }),
  }
}

/** What trials of one run each come to together: the mean over them, and how far they lie apart. */
export function together(results: Result[]): Result {
  const mean = (of: (result: Result) => number) =>
    results.reduce((sum, one) => sum + of(one), 0) / results.length
  const means = (of: (result: Result) => Record<string, Averaged | null> | undefined) =>
    averagedFigures(
      results.map((result) =>
        Object.fromEntries(
          Object.entries(of(result) ?? {}).map(([name, value]) => [name, value?.mean ?? null]),
        ),
      ),
    )
  const files = Object.keys(results[0]?.others ?? {})
  return {
    name: 'mean',
    runs: results.length,
    decisions: mean(({ decisions }) => decisions),
    tested: mean(({ tested }) => tested),
    figures: means(({ figures }) => figures),
    ...(files.length > 0 && {
      others: Object.fromEntries(files.map((file) => [file, means(({ others }) => others?.[file])])),
    }),
    ...(results[0]?.evasion && { evasion: means(({ evasion }) => evasion) }),
  }
}
