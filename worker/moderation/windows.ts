/** About as long as a pitch that padding would hide, in UTF-16 units, and how far the next one starts. */
const size = 80
const stride = 40

/** Shorter sentences than this say too little by themselves. */
const leastSentence = 12

/**
 * Parts of a folded text to be looked at by themselves, so that good words around a pitch don't
 * drown it: overlapping stretches that begin at a word where there are spaces, and sentences.
 * None where the text is no longer than a part.
 */
export function windowsOf(folded: string): string[] {
  const found = new Set<string>()
  if (folded.length > size * 1.25)
    for (let start = 0; start < folded.length - stride; start += stride)
      found.add(folded.slice(wordStart(folded, start), start + size))
  const sentences = folded.split(/(?<=[.!?…。！？\n])\s*/u).filter((text) => text.length >= leastSentence)
  if (sentences.length > 1)
    for (const sentence of sentences) if (sentence.length <= size * 2) found.add(sentence)
  return [...found]
}

function wordStart(text: string, start: number): number {
  if (start === 0) return 0
  const space = text.indexOf(' ', start)
  return space >= 0 && space < start + 16 ? space + 1 : start
}
