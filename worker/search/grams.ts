/** Letters of scripts whose words are short and stand together: two of them say as much as three of others. */
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u30fc]/u

const longest = 3

/** The words of a folded text, each as its letters. */
const words = (folded: string) => folded.split(' ').map((word) => [...word])

/** What the index has of a folded text: short runs of letters, each once. A run does not cross a space. */
export function gramsOf(folded: string): Set<string> {
  const grams = new Set<string>()
  for (const letters of words(folded))
    for (const [at, letter] of letters.entries())
      if (dense.test(letter)) {
        grams.add(letter)
        if (at + 1 < letters.length) grams.add(letters.slice(at, at + 2).join(''))
      } else grams.add(letters.slice(at, at + longest).join(''))
  return grams
}

/** What a comment must have in the index in order to have a text in it; `isPrefix` where more letters may follow. */
export interface Wanted {
  gram: string
  isPrefix: boolean
}

/**
 * What to ask the index for in place of a folded text. It finds all that have the text, and maybe a few more. A single
 * letter of an alphabet stands nearly everywhere, so it is not asked for.
 */
export function wantedOf(folded: string): Wanted[] {
  const wanted = new Map<string, boolean>()
  for (const letters of words(folded)) {
    const isDense = letters.map((letter) => dense.test(letter))
    for (const [at, letter] of letters.entries()) {
      const size = isDense[at] ? 2 : longest
      const run = letters.slice(at, at + size)
      if (run.length === size) wanted.set(run.join(''), false)
      else if (at === 0 && isDense[0]) wanted.set(letter, false)
      else if (at === 0 && run.length > 1) wanted.set(run.join(''), true)
    }
  }
  return Array.from(wanted, ([gram, isPrefix]) => ({ gram, isPrefix }))
}
