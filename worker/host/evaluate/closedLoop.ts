import type { Learner } from '../../moderation/ruling.ts'
import { type Assessed, averagedFigures, type Figures, figuresOf } from './figures.ts'
import { share } from './metrics.ts'
import type { Habits } from './person.ts'
import type { Sample } from './sample.ts'
import { type Arrival, simulated } from './simulatedSite.ts'
import { streamOf } from './stream.ts'
import { assessing } from './triage.ts'
import type { Result } from './trial.ts'

/** A site that is lived through, some times in different random orders. */
export interface Loop {
  habits: Habits
  spamShare: number | undefined
  /** Decided texts of another language: their spam comes here, and of the rest it is told what would become. */
  foreign: { file: string; samples: Sample[] } | undefined
  runs: number
  /** Numbers of decisions after which all that is yet to come is tested. */
  marks: number[]
  seed: number
}

/** Of what comes first so large a share is not counted: the site begins. */
const beginning = 0.2

interface Measured {
  name: string
  decisions: number
  assessed: Assessed[]
  learner: Learner | null
}

/** What came of a site: all after its first fifth, then what each mark’s learner makes of what is yet to come. */
export function livedThrough(samples: Sample[], loop: Loop): Result[] {
  const runs = Array.from({ length: loop.runs }, (_, run) => once(samples, loop, loop.seed * 1000 + run))
  return (runs[0] ?? []).map(({ name }) =>
    resultOf(
      name,
      runs.flatMap((run) => run.filter((one) => one.name === name)),
      loop,
    ),
  )
}

function once(samples: Sample[], { habits, marks, ...mixture }: Loop, seed: number): Measured[] {
  const stream = streamOf(samples, { ...mixture, foreign: mixture.foreign?.samples }, seed)
  const { arrivals, learner, ...history } = simulated(stream, habits, seed, marks)
  const whole: Measured = {
    name: 'as it lives',
    decisions: arrivals.filter(({ decision }) => decision).length,
    assessed: arrivals.slice(Math.round(beginning * arrivals.length)).map(assessedOf),
    learner,
  }
  return [
    whole,
    ...history.marks.map(({ decisions, learner, from }): Measured => {
      const assess = assessing(learner)
      const assessed = stream.slice(from).map((one) => ({ ...assess(one), isSpam: one.label === 'spam' }))
      return { name: `after ${decisions} decisions`, decisions, assessed, learner }
    }),
  ]
}

const assessedOf = ({ assessment, sample }: Arrival): Assessed => ({
  ...assessment,
  isSpam: sample.label === 'spam',
})

function resultOf(name: string, measured: Measured[], { foreign }: Loop): Result {
  const mean = (of: (one: Measured) => number) =>
    measured.reduce((sum, one) => sum + of(one), 0) / measured.length
  return {
    name,
    runs: measured.length,
    decisions: mean(({ decisions }) => decisions),
    tested: mean(({ assessed }) => assessed.length),
    figures: averagedFigures(measured.map(({ assessed }) => figuresOf(assessed))),
    ...(foreign && {
      others: {
        [`good comments of ${foreign.file}`]: averagedFigures(
          measured.map(({ learner }) => abroad(foreign.samples, learner)),
        ),
      },
    }),
  }
}

/** What would become of good comments in the language of the spam. */
function abroad(samples: Sample[], learner: Learner | null): Figures {
  const assess = assessing(learner)
  const verdicts = samples.filter(({ label }) => label === 'fine').map((sample) => assess(sample).verdict)
  const become = (verdict: string) => share(verdicts, (one) => one === verdict)
  return { published: become('approve'), spam: become('spam'), held: become('hold') }
}
