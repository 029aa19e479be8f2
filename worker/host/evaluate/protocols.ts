import { sequence } from '../../moderation/learner/regression.ts'
import { Refusal } from '../terminal.ts'
import { printable } from './corpus.ts'
import { numbersOf } from './options.ts'
import type { Sample } from './sample.ts'
import { type Mixture, shuffled, streamOf } from './stream.ts'

/** What is learnt from, in the order of decisions, and what is tested. */
export interface Split {
  train: Sample[]
  test: Sample[]
}

/** Several runs whose figures belong together. */
export interface Trial {
  name: string
  splits: Split[]
}

/** Random orders in which a learning curve is taken. */
const orders = 50

/** Groups of which each is left out once: every one costs a model. */
const mostGroups = 1000

/** Each group tested by a model that learnt all others, in random order. */
export function leaveOneGroupOut(samples: Sample[], seed: number): Trial[] {
  return groupsOf(samples).map((left) => ({
    name: printable(left),
    splits: [
      {
        train: shuffled(
          samples.filter(({ group }) => group !== left),
          sequence(seed),
        ),
        test: samples.filter(({ group }) => group === left),
      },
    ],
  }))
}

/** Groups that may each be left out. */
export function groupsOf(samples: Sample[]): string[] {
  const groups = [...new Set(samples.map(({ group }) => group))]
  if (groups.length < 2) throw new Refusal('Leaving one group out needs at least two groups.')
  if (groups.length > mostGroups)
    throw new Refusal(`Leaving one group out takes 1,000 groups at most, and here are ${groups.length}.`)
  return groups
}

/**
 * How learning goes: in fifty random orders, or as many as asked for, the first so many are learnt and the rest tested,
 * less those that say the same as one that was learnt.
 */
export function curve(
  samples: Sample[],
  decisions: number[],
  seed: number,
  { mixture = {}, runs = orders }: { mixture?: Mixture; runs?: number | undefined } = {},
): Trial[] {
  const random = Array.from({ length: runs }, (_, run) => streamOf(samples, mixture, seed * 1000 + run))
  const shortest = Math.min(...random.map(({ length }) => length))
  if (Math.max(...decisions) >= shortest)
    throw new Refusal(`${shortest} comments come, too few to learn from ${Math.max(...decisions)}.`)
  return decisions.map((count) => ({
    name: named(count),
    splits: random.map((order) => {
      const train = order.slice(0, count)
      const known = new Set(train.map(({ folded }) => folded))
      return { train, test: order.slice(count).filter(({ folded }) => !known.has(folded)) }
    }),
  }))
}

/** The first so many by date are learnt, all that follow tested. */
export function timeOrder(samples: Sample[], decisions: number[]): Trial[] {
  const order = byDate(samples)
  return decisions.map((count) => ({
    name: named(count),
    splits: [{ train: order.slice(0, count), test: order.slice(count) }],
  }))
}

/** What an import of all but the latest fifth makes of that fifth: what comes next. */
export function imported(samples: Sample[]): Trial[] {
  return timeOrder(samples, decisionsOf(String(Math.floor(samples.length * 0.8)), samples.length))
}

/** @throws Refusal where a date cannot be read */
export function byDate(samples: Sample[]): Sample[] {
  const dated = samples.map((sample) => ({ sample, at: Date.parse(sample.date) }))
  const undated = dated.find(({ at }) => Number.isNaN(at))?.sample
  if (undated)
    throw new Refusal(`Row ${undated.number}: "${printable(undated.date).slice(0, 40)}" is no date.`)
  return dated.toSorted((one, other) => one.at - other.at).map(({ sample }) => sample)
}

const named = (decisions: number) => `${decisions} decisions`

const usual = [10, 50, 100, 500]

/** The numbers of decisions asked for, or of the usual ones those that leave as many texts to test. */
export function decisionsOf(asked: string | undefined, rows: number): number[] {
  const chosen = asked === undefined ? usual.filter((count) => count * 2 <= rows) : numbersOf(asked)
  const most = Math.max(...chosen, usual[0] as number)
  if (chosen.length === 0 || most >= rows)
    throw new Refusal(`${rows} rows are too few to learn from ${most} and test on others.`)
  return chosen
}
