import { type Finding, type Verdict, verdicts } from '../contract/findings.ts'
import type { Policy } from '../contract/policies.ts'

/** Sums of weights from which a verdict is at least this strict. */
export const thresholds = { hold: 3, spam: 10 } as const

/** Findings that hold a comment whatever they weigh. */
const holding = new Set<Finding['code']>([
  'screening_unavailable',
  'policy',
  'condition',
  'audit',
  'impersonation',
  'masked_link',
  'spam_host',
  'page_words',
  'resembles_refused',
])

/**
 * Folds findings into a verdict under a site's policy. Pure; more evidence of spam never makes the
 * verdict laxer. One finding can: the learner's, where it may publish and finds a comment likely
 * fine, stands in for the trust that the policy `trusted` waits for. Where it may publish and does
 * not find a comment fine, `postmoderate` waits too. Nothing publishes on a `premoderate` site.
 */
export function verdictOf(findings: Finding[], policy: Policy): Verdict {
  const weight = findings.reduce((sum, finding) => sum + Math.max(0, finding.weight), 0)
  const has = (code: Finding['code']) => findings.some((finding) => finding.code === code)
  const candidates: Verdict[] = ['approve']
  if (policy === 'premoderate' || weight >= thresholds.hold) candidates.push('hold')
  if (findings.some(({ code }) => holding.has(code))) candidates.push('hold')
  if (has('new_author') && waits(findings, policy)) candidates.push('hold')
  if (has('banned')) candidates.push('reject')
  if (weight >= thresholds.spam) candidates.push('spam')
  return candidates.reduce((strictest, candidate) =>
    verdicts.indexOf(candidate) > verdicts.indexOf(strictest) ? candidate : strictest,
  )
}

/** Whether a comment of an author not yet trusted waits for a person. */
function waits(findings: Finding[], policy: Policy): boolean {
  const mayPublish = publishing(findings)
  const isFine = mayPublish.length > 0 && mayPublish.every(({ params }) => params.band === 'fine')
  return policy === 'trusted' ? !isFine : mayPublish.length > 0 && !isFine
}

/** Whether screening itself judged, rather than the site's policy or the author's trust: what an audit looks at. */
export function isAutomatic(findings: Finding[], verdict: Verdict): boolean {
  if (verdict === 'spam') return true
  const judged = publishing(findings).length > 0
  return verdict === 'approve' && judged && findings.some(({ code }) => code === 'new_author')
}

/** What the learner finds where it may publish. */
const publishing = (findings: Finding[]) =>
  findings.filter((finding) => finding.code === 'learner').filter(({ params }) => params.approves)
