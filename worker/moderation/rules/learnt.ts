import type { Facts, Judgement, Rule } from '../facts.ts'

/** What the learner makes of it: evidence where it may decide, otherwise for people to see and sort by. */
export const learnt: Rule = ({ learnt, trust }) =>
  learnt && {
    code: 'learner',
    weight: weightOf(learnt, trust),
    params: {
      band: learnt.band,
      score: Math.round(learnt.score * 100) / 100 + 0,
      approves: learnt.approves,
      condemns: learnt.condemns,
      terms: learnt.terms,
      ...(learnt.sure && { sure: true }),
    },
  }

function weightOf({ band, approves, condemns }: Judgement, trust: Facts['trust']): number {
  if (band === 'spam' && condemns) return trust === 'trusted' ? 5 : 10
  return band === 'fine' && approves ? -1 : 0
}
