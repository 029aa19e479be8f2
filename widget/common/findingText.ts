import type { Finding, FindingOf } from '../../worker/contract/findings.ts'
import type { Message, Values } from './i18n.ts'

/** What findings are told in: words of a language, as the desk has them. */
export interface FindingWords {
  findings: Record<string, Message>
  /** Our own names for things. */
  named: {
    bands: Record<string, string>
    lists: Record<string, string>
    screeners: Record<string, string>
    conditions: Record<string, string>
    leansFine: string
  }
  quoted: string
  comma: string
}

interface Telling {
  words: FindingWords
  /** Puts values into a message. */
  format: (message: Message, values: Values) => string
  /** Whether it is a part of a sentence, and not one by itself. */
  clause?: boolean
}

/** Whether it looks fine to a learner that has not learnt enough to be sure. */
export const leansFine = ({ params }: FindingOf<'learner'>) =>
  params.band === 'fine' && !params.sure && !params.approves

/** What a finding says; its code where a newer worker knows more than the words do. */
export function findingText(finding: Finding, telling: Telling): string {
  const { words, clause = false } = telling
  const { code } = finding
  const kinds = clause ? ['clause', ...kindsOf(finding)] : kindsOf(finding)
  const names = [...kinds.map((kind) => `${code}_${kind}`), code]
  const message = names.flatMap((name) => own(words.findings, name) ?? [])[0]
  if (!message) return code
  const text =
    finding.code === 'learner' ? learnerText(message, finding, telling) : plainText(message, finding, telling)
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
function plainText(message: Message, finding: Finding, { words, format }: Telling): string {
  const values: Values = {}
  for (const [name, value] of Object.entries<string | number | boolean | string[]>(finding.params))
    if (typeof value !== 'boolean') values[name] = Array.isArray(value) ? value.join(words.comma) : value
  const reason =
    (finding.code === 'external' && finding.params.reason) ||
    (finding.code === 'resembles_refused' && finding.params.terms.join(words.comma))
  return format(message, { ...values, ...namedIn(finding, words) }) + (reason ? ` (${reason})` : '')
}

/** Our own names for things, in words. */
function namedIn(finding: Finding, { named, comma }: FindingWords): Values {
  const nameOf = (all: Record<string, string>, name: string) => own(all, name) ?? name
  switch (finding.code) {
    case 'wordlist':
      return { list: nameOf(named.lists, finding.params.list) }
    case 'external':
    case 'screening_unavailable':
      return { screener: nameOf(named.screeners, finding.params.screener ?? '') }
    case 'condition':
      return {
        conditions: finding.params.conditions.map((name) => nameOf(named.conditions, name)).join(comma),
      }
    case 'author_rejected':
      // What is counted is the comments decided before.
      return { count: finding.params.decided }
    default:
      return {}
  }
}

/** The band, with the strongest terms in quotation marks where there are any. */
function learnerText(
  message: Message,
  finding: FindingOf<'learner'>,
  { words: { named, quoted, comma }, format }: Telling,
): string {
  const { band, terms } = finding.params
  const name = leansFine(finding) ? named.leansFine : (own(named.bands, band) ?? band)
  if (terms.length === 0) return name
  return format(message, { band: name, terms: terms.map((term) => format(quoted, { term })).join(comma) })
}

/** The value of a key of the record's own: a hostile key such as `constructor` has none. */
const own = <Value>(all: Record<string, Value>, key: string): Value | undefined =>
  Object.hasOwn(all, key) ? all[key] : undefined
