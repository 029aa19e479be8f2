import type { Rule } from '../facts.ts'

/**
 * Screening or the site's policy would publish it by itself, and it resembles what people here refused. It says nothing
 * of spam, and nothing of whom the site trusts: it leaves to a person what a newcomer wrote.
 */
export const resemblesRefused: Rule = ({ resembled, learnt, policy, trust }) => {
  const publishes = policy === 'postmoderate' || (learnt?.approves && learnt.band === 'fine')
  return resembled && publishes && trust !== 'trusted'
    ? { code: 'resembles_refused', weight: 0, params: { terms: resembled.terms } }
    : null
}
