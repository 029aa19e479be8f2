import { type Finding, type Policy, type Verdict, verdicts } from '../contract.ts'

/** Sums of weights from which a verdict is at least this strict. */
export const thresholds = { hold: 3, spam: 10 } as const

/** Findings that hold a comment whatever they weigh. */
const holding = new Set<Finding['code']>(['screening_unavailable', 'policy'])

/**
 * Folds findings into a verdict under a site's policy. Pure; a further finding never makes the
 * verdict laxer, and no finding publishes a comment on a `premoderate` site.
 */
export function verdictOf(findings: Finding[], policy: Policy): Verdict {
  const weight = findings.reduce((sum, finding) => sum + Math.max(0, finding.weight), 0)
  const candidates: Verdict[] = ['approve']
  if (policy === 'premoderate' || weight >= thresholds.hold) candidates.push('hold')
  if (findings.some(({ code }) => holding.has(code))) candidates.push('hold')
  if (policy === 'trusted' && findings.some(({ code }) => code === 'new_author')) candidates.push('hold')
  if (findings.some(({ code }) => code === 'banned')) candidates.push('reject')
  if (weight >= thresholds.spam) candidates.push('spam')
  return candidates.reduce((strictest, candidate) =>
    verdicts.indexOf(candidate) > verdicts.indexOf(strictest) ? candidate : strictest,
  )
}
