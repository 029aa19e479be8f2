import type { Finding } from './findings.ts'

/** Params that were texts joined by commas up to release 0.1, by the finding's code. */
const joined: Record<string, string> = {
  near_duplicate: 'ids',
  links: 'hosts',
  shortener: 'hosts',
  mixed_script: 'words',
  styled_unicode: 'words',
  learner: 'terms',
  condition: 'conditions',
}

/**
 * Findings as they were kept or told, whenever that was: what older releases joined by commas is a list.
 * A finding of a code that is not known here stays as it is; what is no list of findings has none.
 */
export function readFindings(kept: unknown): Finding[] {
  return Array.isArray(kept) ? kept.map(readFinding) : []
}

function readFinding(finding: Finding): Finding {
  const name = Object.hasOwn(joined, finding.code) ? joined[finding.code] : undefined
  if (name === undefined) return finding
  const { [name]: value, ...others } = finding.params as Record<string, unknown>
  return Array.isArray(value)
    ? finding
    : ({ ...finding, params: { ...others, [name]: parts(value) } } as Finding)
}

const parts = (value: unknown) =>
  String(value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
