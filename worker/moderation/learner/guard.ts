import { type Lesson, type Reading, weightsOf } from './lessons.ts'
import { type Model, scoreOf } from './model.ts'
import { train } from './training.ts'

/** A comment that people published, or refused for another reason than advertising. */
export interface Precedent extends Omit<Lesson, 'label'> {
  refused: boolean
}

/** What keeps screening from publishing by itself what resembles refused comments. It calls nothing spam. */
export interface Guard {
  model: Model
  /** A comment that scores no less resembles what was refused. */
  from: number
}

/** Refused and published comments that it takes to tell them apart. */
export const leastPrecedents = 30

/**
 * So much of what people would refuse the guard may let pass, and so much of what they would publish it must: one that
 * cannot do both says nothing. The former is a little less than the fifth that may be published, as few comments say it.
 */
const passed = { refused: 0.18, published: 0.5 } as const

/**
 * A guard from what people refused for other reasons than advertising, against what they published; null where too few
 * of either were decided, or where the text does not tell them apart. What it keeps back is tried on comments that the
 * folds left out. Pure: the same precedents make the same, bit by bit.
 */
export function guardOf(precedents: Precedent[]): Guard | null {
  const refused = precedents.filter((one) => one.refused).length
  if (Math.min(refused, precedents.length - refused) < leastPrecedents) return null
  const lessons = precedents.map(
    ({ refused, ...lesson }): Lesson => ({ ...lesson, label: refused ? 'spam' : 'fine' }),
  )
  const { model, scores } = train(lessons)
  const weights = weightsOf(lessons)
  const scored = lessons.map(({ label }, at) => ({
    label,
    score: model.slope * (scores[at] as number) + model.offset,
    weight: weights[at] as number,
  }))
  const of = (label: Lesson['label']) => scored.filter((one) => one.label === label)
  const from = quantile(of('spam'), passed.refused)
  const below = of('fine').filter(({ score }) => score < from)
  return weightOf(below) >= passed.published * weightOf(of('fine')) ? { model, from } : null
}

/** Whether a comment resembles what was refused. */
export const resemblesRefused = ({ model, from }: Guard, reading: Reading) => scoreOf(model, reading) >= from

interface Weighed {
  score: number
  weight: number
}

const weightOf = (some: Weighed[]) => some.reduce((sum, { weight }) => sum + weight, 0)

/** The score below which so large a share lies. */
function quantile(some: Weighed[], share: number): number {
  const most = share * weightOf(some)
  let below = 0
  for (const { score, weight } of some.toSorted((one, other) => one.score - other.score)) {
    below += weight
    if (below > most) return score
  }
  return Number.POSITIVE_INFINITY
}
