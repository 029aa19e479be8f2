import type { Band, Finding } from '../../../worker/contract/findings.ts'
import type { Message } from '../../common/i18n.ts'
import { language } from '../core/preferences.ts'
import { own, tell, type Values, words } from '../core/words.ts'
import { findings as en } from '../locales/en.json'
import { findings as ja } from '../locales/ja.json'

const locales: Record<string, Record<string, Message>> = { en, ja }

/** Whether a finding speaks against its comment (1), for it (-1), or neither; the learner by what it says. */
export function leaning({ code, weight, params }: Finding): number {
  return code === 'learner' ? ({ spam: 1, fine: -1 }[String(params.band)] ?? 0) : Math.sign(weight)
}

/** Findings that make a comment wait for a person whatever it says. */
const waiting = new Set<string>(['condition', 'audit', 'screening_unavailable', 'banned'])

/** Whether a finding is a reason to look again at a comment that the learner calls likely fine. */
export const speaksAgainst = (finding: Finding) => leaning(finding) > 0 || waiting.has(finding.code)

export type Tone = 'bad' | 'caution' | 'fine' | 'neutral'

/** How each of the learner's bands is coloured; the words say the same. */
const bandTones: Record<Band, Tone> = { fine: 'fine', unsure: 'caution', spam: 'bad', unlearnt: 'neutral' }

/** How a finding is coloured; the words say the same. */
export function toneOf({ code, weight, params }: Finding): Tone {
  if (code === 'learner') return own<Tone>(bandTones, String(params.band)) ?? 'neutral'
  if (weight >= 5) return 'bad'
  if (weight > 0 || code === 'screening_unavailable') return 'caution'
  return weight < 0 ? 'fine' : 'neutral'
}

/**
 * What a finding says, by itself or as a clause of a sentence; its code where a newer worker knows
 * more than we do.
 */
export function findingWords(code: string, params: Values, clause = false): string {
  const all = locales[language.value] ?? {}
  const message = names(code, params, clause).flatMap((name) => own(all, name) ?? [])[0]
  if (!message) return code
  const text = code === 'learner' ? learnerWords(message, params) : plainWords(message, params)
  return clause ? text : capital(text)
}

/** Text as it begins a sentence. */
export const capital = (text: string) => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())

/** Names of the words for a finding, the most telling first: it may have other words for what it found. */
function names(code: string, params: Values, clause: boolean): string[] {
  const { refused, trust, outcome, screener, steppedBack } = params
  const found = [refused && 'refused', trust, outcome, screener && 'asked', steppedBack && 'stepped']
  return [clause && 'clause', ...found].flatMap((name) => (name ? [`${code}_${name}`] : [])).concat(code)
}

/** A message with its values as a moderator reads them: our own names for things in words. */
function plainWords(message: Message, params: Values): string {
  const w = words()
  const named = (all: Record<string, string>, value: unknown) => own(all, String(value)) ?? String(value)
  const { list, screener, conditions, decided, reason } = params
  const told = {
    ...params,
    list: named(w.named.lists, list),
    screener: named(w.named.screeners, screener),
    conditions: parts(conditions)
      .map((name) => named(w.named.conditions, name))
      .join(w.comma),
    // What is counted is the comments decided before.
    ...(decided !== undefined && { count: decided }),
  }
  return tell(message, told) + (reason ? ` (${reason})` : '')
}

/** The band, with the strongest terms in quotation marks where there are any. */
function learnerWords(message: Message, { band, terms }: Values): string {
  const w = words()
  const name = own<string>(w.named.bands, String(band)) ?? String(band)
  const quoted = parts(terms).map((term) => tell(w.quoted, { term }))
  return quoted.length ? tell(message, { band: name, terms: quoted.join(w.comma) }) : name
}

const parts = (value: unknown) =>
  String(value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
