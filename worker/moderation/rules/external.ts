import type { Rule } from '../facts.ts'

const weights = { spam: 6, doubtful: 3 }

/** What services outside say against it, one finding each. Those that did not answer: `screeningUnavailable`. */
export const external: Rule = ({ external }) =>
  external.flatMap(({ screener, outcome, reason }) =>
    outcome === 'spam' || outcome === 'doubtful'
      ? [{ code: 'external', weight: weights[outcome], params: { screener, outcome, reason } }]
      : [],
  )
