import type { Rule } from '../facts.ts'

/** A service outside that the site has asked did not answer, or not as it should. */
export const screeningUnavailable: Rule = ({ external }) =>
  external
    .filter(({ outcome }) => outcome === 'unavailable')
    .map(({ screener }) => ({ code: 'screening_unavailable', weight: 0, params: { screener } }))
