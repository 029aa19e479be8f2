import type { Rule } from '../facts.ts'

/**
 * Screening would publish it by itself, and it resembles what people here refused. It says nothing of spam, and
 * nothing of whom the site trusts: it leaves to a person what a newcomer wrote.
 */
export const resemblesRefused: Rule = ({ resembled, learnt, trust }) =>
  resembled && trust !== 'trusted' && learnt?.approves && learnt.band === 'fine'
    ? { code: 'resembles_refused', weight: 0, params: { terms: resembled.terms } }
    : null
