/** A text's score, above 0 for spam, and what it is. */
export interface Scored {
  score: number
  isSpam: boolean
}

/** Lest a share of a count miss a whole number by a rounding error. */
const hair = 1e-9

const split = (scored: Scored[]) => ({
  spam: scored.filter(({ isSpam }) => isSpam).map(({ score }) => score),
  ham: scored.filter(({ isSpam }) => !isSpam).map(({ score }) => score),
})

/** The part of those that fulfil a condition; null of none. */
export const share = <Item>(items: Item[], fulfils: (item: Item) => boolean): number | null =>
  items.length === 0 ? null : items.filter(fulfils).length / items.length

/** The share of texts on the right side of 0. */
export const accuracy = (scored: Scored[]) => share(scored, ({ score, isSpam }) => score > 0 === isSpam)

/** The harmonic mean of precision and recall of spam (van Rijsbergen, 1979), called so above 0. */
export function f1(scored: Scored[]): number | null {
  const count = (called: boolean, isSpam: boolean) =>
    scored.filter((one) => one.score > 0 === called && one.isSpam === isSpam).length
  const hits = 2 * count(true, true)
  const of = hits + count(true, false) + count(false, true)
  return of === 0 ? null : hits / of
}

/**
 * The area under the ROC curve: the chance that spam scores higher than ham, ties counting half
 * (Hanley and McNeil, 1982, by ranks). Null where there is but one of both.
 */
export function auc(scored: Scored[]): number | null {
  const { spam, ham } = split(scored)
  if (spam.length === 0 || ham.length === 0) return null
  const sorted = scored.toSorted((one, other) => one.score - other.score)
  let ranks = 0
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to++
    const tied = sorted.slice(from, to).filter(({ isSpam }) => isSpam).length
    ranks += (tied * (from + 1 + to)) / 2
  }
  return (ranks - (spam.length * (spam.length + 1)) / 2) / (spam.length * ham.length)
}

/** The least share of ham called spam at any threshold that finds so much of the spam (a point of the ROC curve). */
export function falsePositivesAt(recall: number, scored: Scored[]): number | null {
  const { spam, ham } = split(scored)
  const threshold = spam.toSorted((one, other) => other - one)[Math.ceil(recall * spam.length - hair) - 1]
  return threshold === undefined ? null : share(ham, (score) => score >= threshold)
}

/** The largest share of spam found at any threshold that calls at most so much of the ham spam. */
export function recallAt(falsePositives: number, scored: Scored[]): number | null {
  const { spam, ham } = split(scored)
  const threshold = ham.toSorted((one, other) => other - one)[Math.floor(falsePositives * ham.length + hair)]
  return threshold === undefined ? null : share(spam, (score) => score > threshold)
}

const bins = 10

/**
 * The expected calibration error: how far the stated probability of spam lies from the share of
 * spam, over ten bins of equal width, each at its size (Naeini, Cooper, Hauskrecht, 2015).
 */
export function calibrationError(scored: Scored[]): number | null {
  if (scored.length === 0) return null
  const found = Array.from({ length: bins }, () => ({ stated: 0, spam: 0 }))
  for (const { score, isSpam } of scored) {
    const probability = 1 / (1 + Math.exp(-score))
    const bin = found[Math.min(bins - 1, Math.floor(probability * bins))] as (typeof found)[number]
    bin.stated += probability
    bin.spam += Number(isSpam)
  }
  return found.reduce((sum, { stated, spam }) => sum + Math.abs(stated - spam), 0) / scored.length
}

/** Mean and standard deviation of a figure over several runs; null where no run has it. */
export interface Averaged {
  mean: number
  spread: number
}

export function averaged(values: (number | null)[]): Averaged | null {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return null
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const square = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length - 1)
  return { mean, spread: Math.sqrt(square) }
}
