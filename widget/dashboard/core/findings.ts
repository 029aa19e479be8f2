import type { Band, Finding, FindingOf } from '../../../worker/contract/findings.ts'
import type { Message } from '../../common/i18n.ts'
import { formatMessage, own, type Values, words } from './words.ts'

/** Whether a finding speaks against its comment (1), for it (-1), or neither; the learner by what it says. */
export function leaning(finding: Finding): number {
  return finding.code === 'learner' ? (bandLeanings[finding.params.band] ?? 0) : Math.sign(finding.weight)
}

const bandLeanings: Partial<Record<Band, number>> = { spam: 1, fine: -1 }

/** Findings that make a comment wait for a person whatever it says. */
const waiting = new Set<Finding['code']>([
  'condition',
  'audit',
  'impersonation',
  'masked_link',
  'screening_unavailable',
  'banned',
])

/** Whether a finding is a reason to look again at a comment that the learner calls likely fine. */
export const speaksAgainst = (finding: Finding) => leaning(finding) > 0 || waiting.has(finding.code)

export type Tone = 'bad' | 'caution' | 'fine' | 'neutral'

/** How each of the learner's bands is coloured; the words say the same. */
const bandTones: Record<Band, Tone> = { fine: 'fine', unsure: 'caution', spam: 'bad', unlearnt: 'neutral' }

/** Whether it looks fine to a learner that has not learnt enough to be sure. */
const leans = ({ params }: FindingOf<'learner'>) => params.band === 'fine' && !params.sure && !params.approves

/** How a finding is coloured; the words say the same. */
export function toneOf(finding: Finding): Tone {
  const { code, weight } = finding
  if (finding.code === 'learner')
    return leans(finding) ? 'neutral' : (own<Tone>(bandTones, finding.params.band) ?? 'neutral')
  if (weight >= 5) return 'bad'
  if (weight > 0 || code === 'screening_unavailable') return 'caution'
  return weight < 0 ? 'fine' : 'neutral'
}

/**
 * What a finding says, by itself or as a clause of a sentence; its code where a newer worker knows
 * more than we do.
 */
export function findingWords(finding: Finding, clause = false): string {
  const all: Record<string, Message> = words().findings
  const { code } = finding
  const kinds = clause ? ['clause', ...kindsOf(finding)] : kindsOf(finding)
  const message = [...kinds.map((kind) => `${code}_${kind}`), code].flatMap((name) => own(all, name) ?? [])[0]
  if (!message) return code
  const text = finding.code === 'learner' ? learnerWords(message, finding) : plainWords(message, finding)
  return clause ? text : capital(text)
}

/** Text as it begins a sentence. */
export const capital = (text: string) => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())

/** What makes other words of a finding more telling than those of its code. */
function kindsOf(finding: Finding): string[] {
  switch (finding.code) {
    case 'repeat':
    case 'near_duplicate':
      return finding.params.refused ? ['refused'] : []
    case 'new_author':
      return [finding.params.trust]
    case 'external':
      return [finding.params.outcome]
    case 'screening_unavailable':
      return finding.params.screener ? ['asked'] : []
    case 'audit':
      return finding.params.steppedBack ? ['stepped'] : []
    default:
      return []
  }
}

/** A message with what was found, as a moderator reads it. */
function plainWords(message: Message, finding: Finding): string {
  const values: Values = {}
  for (const [name, value] of Object.entries<string | number | boolean | string[]>(finding.params))
    values[name] = Array.isArray(value) ? list(value) : value
  const reason = finding.code === 'external' && finding.params.reason
  return formatMessage(message, { ...values, ...namedIn(finding) }) + (reason ? ` (${reason})` : '')
}

/** Our own names for things, in words. */
function namedIn(finding: Finding): Values {
  const { named } = words()
  const nameOf = (all: Record<string, string>, name: string) => own(all, name) ?? name
  switch (finding.code) {
    case 'wordlist':
      return { list: nameOf(named.lists, finding.params.list) }
    case 'external':
    case 'screening_unavailable':
      return { screener: nameOf(named.screeners, finding.params.screener ?? '') }
    case 'condition':
      return { conditions: list(finding.params.conditions.map((name) => nameOf(named.conditions, name))) }
    case 'author_rejected':
      // What is counted is the comments decided before.
      return { count: finding.params.decided }
    default:
      return {}
  }
}

/** The band, with the strongest terms in quotation marks where there are any. */
function learnerWords(message: Message, finding: FindingOf<'learner'>): string {
  const w = words()
  const { band, terms } = finding.params
  const name = leans(finding) ? w.named.leansFine : (own<string>(w.named.bands, band) ?? band)
  const quoted = terms.map((term) => formatMessage(w.quoted, { term }))
  return quoted.length ? formatMessage(message, { band: name, terms: list(quoted) }) : name
}

const list = (parts: string[]) => parts.join(words().comma)
