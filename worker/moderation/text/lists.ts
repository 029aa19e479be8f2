import { fold } from './normalize.ts'

interface Entry {
  /** As its owner wrote it. */
  word: string
  folded: string
  /** Whether it ended in `*`: then it is the beginning of words. */
  begins: boolean
  /** The longest other entry that this one begins with. */
  parent: Entry | null
}

/** A list of words, in order, with the part of it that begins with each UTF-16 unit. */
export interface WordIndex {
  entries: Entry[]
  parts: Map<number, { from: number; to: number }>
  /** UTF-16 units of the longest entry. */
  longest: number
}

const known = new WeakMap<readonly string[], WordIndex>()

/**
 * A list made ready for `findWords`; the same array is made ready once. Entries are literals, as
 * `fold` reads them; a `*` at the end of one stands for the rest of a word.
 */
export function compileList(list: readonly string[]): WordIndex {
  const before = known.get(list)
  if (before) return before
  const index = indexOf(list)
  known.set(list, index)
  return index
}

/** The text an entry is found by, and whether it begins words; an empty one finds nothing. */
export function foldEntry(word: string): { folded: string; begins: boolean } {
  const begins = word.trimEnd().endsWith('*')
  return { folded: fold(begins ? word.trimEnd().replace(/\*+$/, '') : word), begins }
}

function indexOf(list: readonly string[]): WordIndex {
  const byText = new Map<string, Entry>()
  for (const word of list) {
    const { folded, begins } = foldEntry(word)
    const same = byText.get(folded)
    if (same) same.begins ||= begins
    else if (folded) byText.set(folded, { word, folded, begins, parent: null })
  }
  const entries = [...byText.values()].sort((one, other) => (one.folded < other.folded ? -1 : 1))
  const parts: WordIndex['parts'] = new Map()
  const open: Entry[] = []
  let longest = 0
  for (const [at, entry] of entries.entries()) {
    while (open.length > 0 && !entry.folded.startsWith((open.at(-1) as Entry).folded)) open.pop()
    entry.parent = open.at(-1) ?? null
    open.push(entry)
    const unit = entry.folded.charCodeAt(0)
    parts.set(unit, { from: parts.get(unit)?.from ?? at, to: at + 1 })
    longest = Math.max(longest, entry.folded.length)
  }
  return { entries, parts, longest }
}

/**
 * The first word of a list that a folded text has, and how many of them it has. Where a
 * script has words, whole words count alone: "press" is not in "wordpress".
 */
export function findWords(index: WordIndex, text: string): { word: string; count: number } | null {
  const words = new Set<string>()
  for (let at = 0; at < text.length; at++) {
    const part = index.parts.get(text.charCodeAt(at))
    if (!part || !startsWord(text, at)) continue
    const found = entryAt(index, part, text, at)
    if (!found) continue
    words.add(found.word)
    at += found.folded.length - 1
  }
  const [word] = words
  return word === undefined ? null : { word, count: words.size }
}

/**
 * The longest entry that stands at a place of the text. The last entry in order that is not behind
 * the text from there begins with every entry that the text begins with.
 */
function entryAt(
  { entries, longest }: WordIndex,
  { from, to }: { from: number; to: number },
  text: string,
  at: number,
): Entry | null {
  const rest = text.slice(at, at + longest)
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle] as Entry).folded <= rest) low = middle + 1
    else high = middle
  }
  for (let entry = low === from ? null : (entries[low - 1] as Entry); entry; entry = entry.parent)
    if (rest.startsWith(entry.folded) && (entry.begins || endsWord(text, at + entry.folded.length)))
      return entry
  return null
}

type Kind = 'none' | 'hangul' | 'arabic' | 'other'

const hangul = /\p{Script=Hangul}/u
const arabic = /\p{Script=Arabic}/u
/** Scripts that put no space between words; what lies between their words cannot be told. */
const unspaced =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}\p{scx=Javanese}\p{scx=Balinese}\p{scx=Tai_Le}\p{scx=Yi}]/u

/** To which sort of words a character belongs; there is a boundary between two sorts. */
function kindOf(character: string): Kind {
  if (!/[\p{L}\p{M}\p{N}]/u.test(character) || unspaced.test(character)) return 'none'
  if (hangul.test(character)) return 'hangul'
  return arabic.test(character) ? 'arabic' : 'other'
}

/** The article, with what is written before and into it. */
const article = /(?<![\p{L}\p{M}])[وف]?(?:ال|بال|كال|لل)$/u
/** What follows a Korean noun without a space. */
const particle =
  /(?:은|는|이|가|을|를|에|에서|에게|의|로|으로|와|과|랑|이랑|도|만|까지|부터|처럼|보다|한테|께|나|이나|요|이요|들|들이|들은|들을|입니다|이다|이야|야)(?![\p{L}\p{M}\p{N}])/uy

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0)
}

function characterBefore(text: string, at: number): string {
  const isPair = /[\udc00-\udfff]/.test(text[at - 1] ?? '')
  return text.slice(Math.max(0, at - (isPair ? 2 : 1)), at)
}

function startsWord(text: string, at: number): boolean {
  const before = kindOf(characterBefore(text, at))
  if (before === 'none' || before !== kindOf(characterAt(text, at))) return true
  return before === 'arabic' && article.test(text.slice(Math.max(0, at - 5), at))
}

function endsWord(text: string, end: number): boolean {
  const after = kindOf(characterAt(text, end))
  if (after === 'none' || after !== kindOf(characterBefore(text, end))) return true
  particle.lastIndex = end
  return after === 'hangul' && particle.test(text)
}
