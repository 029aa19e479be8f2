/** What takes two columns where all letters are equally wide: East Asian signs and emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u
const unseen = /^[\p{M}\p{Cf}]/u

/** Signs that begin no line, and signs that end none. */
const closing = /^[、。，．・：；？！ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ）」』】〕〉》”’…‥%％]/u
const opening = /[（「『【〔〈《“‘]$/u

/** A letter with the marks on it. */
const letters = /\P{M}\p{M}*|\p{M}+/gu

/** How wide a text is in columns. */
export function columns(text: string): number {
  let sum = 0
  for (const letter of text) sum += unseen.test(letter) ? 0 : wide.test(letter) ? 2 : 1
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
    used += columns(part)
  }
  return [...lines, now.trimEnd()]
}

/** What stays together: words with the spaces after them, East Asian signs with what may not be parted from them. */
function partsOf(line: string): string[] {
  const parts: string[] = []
  for (const [letter] of line.matchAll(letters)) {
    const before = parts.at(-1) ?? ''
    const mayBreak = /\s$/.test(before)
      ? !/^\s/.test(letter)
      : wide.test(letter) || wide.test(before.at(-1) ?? '')
    if (before && (!mayBreak || closing.test(letter) || opening.test(before)))
      parts[parts.length - 1] += letter
    else parts.push(letter)
  }
  return parts
}

/** A part in pieces that are no longer than a line. */
function cut(part: string, width: number): string[] {
  if (columns(part.trimEnd()) <= width) return [part]
  const pieces = ['']
  for (const [letter] of part.matchAll(letters)) {
    if (columns(pieces.at(-1) + letter.trimEnd()) > width) pieces.push('')
    pieces[pieces.length - 1] += letter
  }
  return pieces
}
