import { sequence } from '../../moderation/learner/regression.ts'
import type { Learner } from '../../moderation/ruling.ts'
import { printable } from './corpus.ts'
import { type Assessed, averagedFigures, type Figures, figuresOf } from './figures.ts'
import { share } from './metrics.ts'
import type { Habits } from './person.ts'
import { byDate, groupsOf } from './protocols.ts'
import type { Sample } from './sample.ts'
import { simulated } from './simulatedSite.ts'
import type { Arrival } from './siteMemory.ts'
import { type Mixture, shuffled, streamOf } from './stream.ts'
import { assessing } from './triage.ts'
import type { Result } from './trial.ts'

/** A site that is lived through, some times in different random orders. */
export interface Loop {
  habits: Habits
  mixture: Mixture
  /** Whether comments come by their dates. */
  byDate: boolean
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
  /** The share of all that came of which people were asked a second time. */
  askedAgain?: number | null
}

/** What came of a site: all after its first fifth, then what each mark’s learner makes of what is yet to come. */
export function livedThrough(samples: Sample[], loop: Loop): Result[] {
  const runs = seedsOf(loop).map((seed) => once(samples, loop, seed))
  return (runs[0] ?? []).map(({ name }) =>
    resultOf(
      name,
      runs.flatMap((run) => run.filter((one) => one.name === name)),
      loop,
    ),
  )
}

const seedsOf = ({ runs, seed }: Loop) => Array.from({ length: runs }, (_, run) => seed * 1000 + run)

function once(
  samples: Sample[],
  { habits, marks, mixture, byDate: isByDate }: Loop,
  seed: number,
): Measured[] {
  const random = streamOf(samples, mixture, seed)
  const stream = isByDate ? byDate(random) : random
  const { arrivals, learner, ...history } = simulated(stream, habits, seed, { marks })
  const counted = arrivals.slice(Math.round(beginning * arrivals.length))
  return [
    {
      ...{ name: 'as it lives', decisions: decidedOf(arrivals), assessed: counted.map(assessedOf), learner },
      askedAgain: share(arrivals, ({ isLookedAt }) => isLookedAt),
    },
    ...history.marks.map(({ decisions, learner, from }): Measured => {
      const assess = assessing(learner)
      const assessed = stream.slice(from).map((one) => ({ ...assess(one), isSpam: one.label === 'spam' }))
      return { name: `after ${decisions} decisions`, decisions, assessed, learner }
    }),
  ]
}

/** What comes of each group as a new page of a site that decided all others, its comments by their dates. */
export function newPages(samples: Sample[], loop: Loop): Result[] {
  return groupsOf(samples).map((page) => {
    const name = printable(page)
    const own = samples.filter(({ group }) => group === page)
    const others = samples.filter(({ group }) => group !== page)
    const measured = seedsOf(loop).map((seed): Measured => {
      const before = shuffled(others, sequence(seed))
      const { arrivals, learner } = simulated(byDate(own), loop.habits, seed, { before })
      return { name, decisions: decidedOf(arrivals), assessed: arrivals.map(assessedOf), learner }
    })
    return resultOf(name, measured, loop)
  })
}

const decidedOf = (arrivals: Arrival[]) => arrivals.filter(({ decision }) => decision).length

const assessedOf = ({ assessment, sample }: Arrival): Assessed => ({
  ...assessment,
  isSpam: sample.label === 'spam',
})

function resultOf(name: string, measured: Measured[], { mixture: { foreign } }: Loop): Result {
  const mean = (of: (one: Measured) => number) =>
    measured.reduce((sum, one) => sum + of(one), 0) / measured.length
  return {
    name,
    runs: measured.length,
    decisions: mean(({ decisions }) => decisions),
    tested: mean(({ assessed }) => assessed.length),
    figures: averagedFigures(
      measured.map(({ assessed, askedAgain }) => ({
        ...figuresOf(assessed),
        ...(askedAgain !== undefined && { askedAgain }),
      })),
    ),
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
