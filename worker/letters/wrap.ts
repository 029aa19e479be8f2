/** Whether a sign takes two columns where all letters are equally wide: East Asian signs and emoji. */
function isWide(sign: string): boolean {
  const code = sign.codePointAt(0) ?? 0
  if (code < 0x1100) return false
  return wide.some(([first, last]) => code >= first && code <= last)
}

const wide = [
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xff01, 0xff60],
  [0x1f000, 0x1faff],
  [0x1100, 0x115f],
  [0xa960, 0xa97c],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
] as const

const plain = /^[ -~]*$/
const unseen = /[\p{M}\p{Cf}]/gu

/** Signs that begin no line, and signs that end none. */
const closing = new Set('、。，．・：；？！ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ）」』】〕〉》”’…‥%％')
const opening = new Set('（「『【〔〈《“‘')

/** A letter with the marks on it. */
const letters = /\P{M}\p{M}*|\p{M}+/gu

/** How wide a text is in columns. */
export function columns(text: string): number {
  if (text.length === 1) return isWide(text) ? 2 : 1
  if (plain.test(text)) return text.length
  let sum = 0
  for (const sign of text.replace(unseen, '')) sum += isWide(sign) ? 2 : 1
  return sum
}

/**
 * A text of any lines in lines of at most so many columns. It breaks at spaces and beside East Asian signs, and within a
 * word only where that is longer than a line.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width))
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = []
  let now = ''
  let used = 0
  for (const part of partsOf(line).flatMap((part) => cut(part, width))) {
    const needed = columns(part.trimEnd())
    if (used + needed > width && now.trim()) {
      lines.push(now.trimEnd())
      now = ''
      used = 0
    }
    now += part
    used += needed + part.length - part.trimEnd().length
  }
  return [...lines, now.trimEnd()]
}

/** What stays together: words with the spaces after them, East Asian signs with what may not be parted from them. */
function partsOf(line: string): string[] {
  return (line.match(/\S+\s*|\s+/g) ?? []).flatMap((word) => (plain.test(word) ? word : signsOf(word)))
}

function signsOf(word: string): string[] {
  const parts: string[] = []
  let [wasWide, isOpen] = [false, false]
  for (const [letter] of word.matchAll(letters)) {
    const isNow = isWide(letter)
    const mayBreak = (wasWide || isNow) && !isOpen && !closing.has(letter) && letter.trim()
    if (mayBreak || !parts.length) parts.push(letter)
    else parts[parts.length - 1] += letter
    wasWide = isNow
    isOpen = opening.has(letter)
  }
  return parts
}

/** A part in pieces that are no longer than a line. */
function cut(part: string, width: number): string[] {
  if (part.length * 2 <= width || columns(part.trimEnd()) <= width) return [part]
  const pieces = ['']
  let used = 0
  for (const [letter] of part.matchAll(letters)) {
    used += columns(letter)
    if (used > width && letter.trim()) {
      pieces.push('')
      used = columns(letter)
    }
    pieces[pieces.length - 1] += letter
  }
  return pieces
}
