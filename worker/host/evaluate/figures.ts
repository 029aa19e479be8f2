import type { Verdict } from '../../contract/findings.ts'
import {
  type Averaged,
  accuracy,
  auc,
  averaged,
  calibrationError,
  f1,
  falsePositivesAt,
  recallAt,
  type Scored,
  share,
} from './metrics.ts'
import type { Assessment } from './triage.ts'

/** An assessed text of which it is known what it is. */
export type Assessed = Assessment & Pick<Scored, 'isSpam'>

type Measure = [of: (assessed: Assessed[]) => number | null, inWords: string]

const ham = (assessed: Assessed[]) => assessed.filter(({ isSpam }) => !isSpam)
const spam = (assessed: Assessed[]) => assessed.filter(({ isSpam }) => isSpam)
const became = (verdict: Verdict) => (one: Assessed) => one.verdict === verdict
const come = (verdict: Verdict) => (assessed: Assessed[]) => share(assessed, became(verdict))

/** How well scores tell spam from ham. */
export const quality = {
  accuracy: [accuracy, 'texts on the right side of a score of 0'],
  f1: [f1, 'F1 of spam, called so above 0'],
  auc: [auc, 'area under the ROC curve'],
  falsePositivesAt95Recall: [
    (all) => falsePositivesAt(0.95, all),
    'ham called spam where 95 % of spam is found',
  ],
  recallAt1FalsePositives: [(all) => recallAt(0.01, all), 'spam found where 1 % of ham is called spam'],
  calibrationError: [calibrationError, 'expected calibration error, 10 bins'],
} satisfies Record<string, Measure>

/** What becomes of texts, under the policy `trusted`, from newcomers. */
export const triage = {
  automaticSpam: [come('spam'), 'called spam automatically'],
  automaticApproval: [come('approve'), 'published automatically'],
  held: [come('hold'), 'held for a person'],
  heldUnlearnt: [
    (all) => share(all, ({ verdict, band }) => verdict === 'hold' && band === 'unlearnt'),
    'held because nothing like them was learnt yet',
  ],
  heldToCheck: [
    (all) => share(all, ({ isChecked }) => isChecked),
    'held so that a person checks what screening would do by itself',
  ],
  heldByLearnerAlone: [
    (all) => share(all, ({ alone }) => alone === 'hold'),
    'would be held if the learner were the only rule',
  ],
  hamCalledSpam: [(all) => come('spam')(ham(all)), 'of the ham, called spam automatically'],
  spamApproved: [(all) => come('approve')(spam(all)), 'of the spam, published automatically'],
  hamCalledSpamByLearnerAlone: [
    (all) => share(ham(all), ({ alone }) => alone === 'spam'),
    'of the ham, if the learner were the only rule',
  ],
  spamApprovedByLearnerAlone: [
    (all) => share(spam(all), ({ alone }) => alone === 'approve'),
    'of the spam, if the learner were the only rule',
  ],
  spamOfPublished: [
    (all) => share(all.filter(became('approve')), ({ isSpam }) => isSpam),
    'spam among what is published automatically',
  ],
  hamOfCalledSpam: [
    (all) => share(all.filter(became('spam')), ({ isSpam }) => !isSpam),
    'ham among what is called spam automatically',
  ],
} satisfies Record<string, Measure>

export const measures = { ...quality, ...triage }

export type Figures = Record<string, number | null>

/** All figures of one run. */
export const figuresOf = (assessed: Assessed[]): Figures =>
  Object.fromEntries(Object.entries<Measure>(measures).map(([name, [of]]) => [name, of(assessed)]))

/** Figures of several runs, each averaged. */
export function averagedFigures(runs: Figures[]): Record<string, Averaged | null> {
  const names = Object.keys(runs[0] ?? {})
  return Object.fromEntries(names.map((name) => [name, averaged(runs.map((run) => run[name] ?? null))]))
}
