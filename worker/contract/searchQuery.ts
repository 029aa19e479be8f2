import { rejectionReasons } from './decisions.ts'
import { findingCodes } from './findings.ts'
import { statuses } from './status.ts'

/** What `lang:` takes: the writing systems that comments are told apart by. */
const searchLanguages = [
  ...(['latin', 'japanese', 'han', 'hangul', 'cyrillic', 'greek', 'arabic', 'hebrew'] as const),
  ...(['devanagari', 'bengali', 'tamil', 'thai'] as const),
]

/** Reasons of decisions and of screening, by their codes. */
export const searchReasons: readonly string[] = [...new Set([...findingCodes, ...rejectionReasons])]

/** The operators of the search, with the values that each takes; null for a text, `date` for a day, month or year. */
export const searchOperators = {
  author: null,
  site: null,
  page: null,
  link: null,
  status: statuses,
  is: ['reported', 'edited', 'appealed'],
  has: ['link'],
  reason: searchReasons,
  lang: searchLanguages,
  after: 'date',
  before: 'date',
} as const satisfies Record<string, null | 'date' | readonly string[]>

export type SearchOperator = keyof typeof searchOperators

/** One part of what is searched for: a text that stands somewhere in the comment, or an operator with its value. */
export interface SearchTerm {
  operator: SearchOperator | 'text'
  value: string
  /** Whether comments are left out that have it. */
  not: boolean
}

/** Why a search is not understood. */
export interface SearchProblem {
  code: 'unknown_operator' | 'unknown_value' | 'no_value' | 'too_many'
  /** What was typed. */
  typed: string
  operator: string
  /** The operators or values that there are. */
  known: readonly string[]
}

export type ParsedSearch = { terms: SearchTerm[]; problem: null } | { terms: null; problem: SearchProblem }

/** Parts that one search may have. */
export const mostTerms = 20

/** A part: maybe a minus, maybe an operator, and a word or a text in quotes. Japanese keyboards type wide signs. */
const part = /([-－])?(?:([a-z]{2,12})[:：](?!\/\/))?(?:["“”„]([^"“”]*)["“”]?|([^\s"“”„]*))/giu

/** Reads what is typed into the search. */
export function parseSearch(typed: string): ParsedSearch {
  const terms: SearchTerm[] = []
  for (const [whole, minus, name, quoted, word = ''] of typed.matchAll(part)) {
    const value = (quoted ?? word).trim()
    if (name === undefined && value === '') continue
    const operator = name?.toLowerCase() ?? 'text'
    const found = operator === 'text' && name === undefined ? value : takenValue(operator, value, whole)
    if (typeof found !== 'string') return { terms: null, problem: found }
    terms.push({ operator: operator as SearchTerm['operator'], value: found, not: minus !== undefined })
  }
  if (terms.length > mostTerms)
    return { terms: null, problem: { code: 'too_many', typed, operator: '', known: [] } }
  return { terms, problem: null }
}

function takenValue(operator: string, value: string, typed: string): string | SearchProblem {
  if (!Object.hasOwn(searchOperators, operator))
    return { code: 'unknown_operator', typed, operator, known: Object.keys(searchOperators) }
  const takes = searchOperators[operator as SearchOperator]
  const known = takes === 'date' ? ['2026', '2026-05', '2026-05-31'] : (takes ?? [])
  if (value === '') return { code: 'no_value', typed, operator, known }
  if (takes === null) return value
  if (takes === 'date')
    return startOf(value) === null ? { code: 'unknown_value', typed, operator, known } : value
  const given = operator === 'lang' ? languageOf(value) : value.toLowerCase()
  return known.includes(given) ? given : { code: 'unknown_value', typed, operator, known }
}

/** Writing systems by the codes of languages that people know. */
const scriptsByCode: Record<string, string> = {
  ...{ ja: 'japanese', zh: 'han', ko: 'hangul', el: 'greek', he: 'hebrew', th: 'thai', hi: 'devanagari' },
  ...{ ar: 'arabic', fa: 'arabic', ur: 'arabic', bn: 'bengali', ta: 'tamil', ru: 'cyrillic', uk: 'cyrillic' },
  ...{ en: 'latin', de: 'latin', fr: 'latin', es: 'latin', it: 'latin', pt: 'latin', nl: 'latin' },
}

const languageOf = (value: string) => scriptsByCode[value.toLowerCase()] ?? value.toLowerCase()

/** When a day, a month or a year starts in UTC, in milliseconds since the epoch; null where a text is none. */
export function startOf(value: string): number | null {
  const [, year = '', month = '01', day = '01'] =
    /^(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?$/.exec(value) ?? []
  if (year === '') return null
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${date}T00:00:00Z`)
  // 30 February is read as the second of March.
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(date) ? null : time
}

/** In an English sentence what is wrong with a search, and what to do. */
export function searchProblemInWords({ code, typed, operator, known }: SearchProblem): string {
  const literally = `To look for the text itself, put it in quotes: "${typed.replace(/^[-－]/, '')}".`
  switch (code) {
    case 'unknown_operator':
      return `There is no "${operator}:". There are ${known.map((name) => `${name}:`).join(', ')}. ${literally}`
    case 'unknown_value':
      return `"${operator}:" takes ${known.join(', ')}. ${literally}`
    case 'no_value':
      return `"${operator}:" needs a value right after it. ${literally}`
    case 'too_many':
      return `A search has at most ${mostTerms} parts.`
  }
}

/** What is typed for some terms, as `parseSearch` reads it. */
export const searchText = (terms: SearchTerm[]): string =>
  terms
    .map(({ operator, value, not }) => {
      const isPlain = /^[^\s"“”„:：-][^\s"“”„:：]*$/u.test(value)
      return `${not ? '-' : ''}${operator === 'text' ? '' : `${operator}:`}${isPlain ? value : `"${value}"`}`
    })
    .join(' ')
