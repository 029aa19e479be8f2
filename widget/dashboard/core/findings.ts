import type { Band, Finding } from '../../../worker/contract/findings.ts'
import { findingText, leansFine } from '../../common/findingText.ts'
import { formatMessage, own, words } from './words.ts'

export { capital } from '../../common/findingText.ts'

/** Whether a finding speaks against its comment (1), for it (-1), or neither; the learner by what it says. */
export function leaning(finding: Finding): number {
  return finding.code === 'learner' ? (bandLeanings[finding.params.band] ?? 0) : Math.sign(finding.weight)
}

const bandLeanings: Partial<Record<Band, number>> = { spam: 1, fine: -1 }

/** Findings that weigh nothing and are no reason to look again; others that weigh nothing hold a comment whatever it says. */
const quiet = new Set<Finding['code']>(['learner', 'new_author', 'policy', 'imported'])

/** Whether one of its findings is a reason to look again at a comment that the learner calls likely fine, or only leans so. */
export const isDoubted = (findings: Finding[]) =>
  !findings.some((finding) => finding.code === 'learner' && !leansFine(finding)) ||
  findings.some((finding) => leaning(finding) > 0 || (!finding.weight && !quiet.has(finding.code)))

export type Tone = 'bad' | 'caution' | 'fine' | 'neutral'

/** How each of the learner's bands is coloured; the words say the same. */
const bandTones: Record<Band, Tone> = { fine: 'fine', unsure: 'caution', spam: 'bad', unlearnt: 'neutral' }

/** How a finding is coloured; the words say the same. */
export function toneOf(finding: Finding): Tone {
  const { code, weight } = finding
  if (finding.code === 'learner')
    return leansFine(finding) ? 'neutral' : (own<Tone>(bandTones, finding.params.band) ?? 'neutral')
  if (weight >= 5) return 'bad'
  if (weight > 0 || code === 'screening_unavailable') return 'caution'
  return weight < 0 ? 'fine' : 'neutral'
}

/** What a finding says in the desk's language, by itself or as a clause of a sentence. */
export const findingWords = (finding: Finding, clause = false): string =>
  findingText(finding, { words: words(), format: formatMessage, clause })
