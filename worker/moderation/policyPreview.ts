import type { Verdict } from '../contract/findings.ts'
import type { Policy } from '../contract/policies.ts'
import type { Outcomes } from '../contract/policyPreview.ts'
import type { Facts, Judgement } from './facts.ts'
import { findingsOf } from './rules/index.ts'
import { trustOf } from './trust.ts'
import { isAutomatic, verdictOf } from './verdict.ts'

/** What a site has screening do. */
export interface Plan {
  policy: Policy
  settings: Facts['settings']
  lists: Facts['lists']
}

/** What would come of a comment under a plan, whatever is audited. */
export function verdictUnder(
  plan: Plan,
  known: Omit<Facts, keyof Plan | 'trust' | 'learnt'>,
  judgement: Judgement | null,
) {
  const facts: Facts = {
    ...known,
    ...plan,
    trust: trustOf(known.history, plan.settings, known.pinned),
    learnt: judgement,
  }
  const findings = findingsOf(facts)
  const verdict = verdictOf(findings, plan.policy)
  return { verdict, findings, automatic: isAutomatic(findings, verdict) }
}

export const noOutcomes = (): Outcomes => ({ published: 0, held: 0, spam: 0, rejected: 0 })

/** The word for what a verdict does. */
export const outcomeOf: Record<Verdict, keyof Outcomes> = {
  approve: 'published',
  hold: 'held',
  spam: 'spam',
  reject: 'rejected',
}
