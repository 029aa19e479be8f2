/** About as long as a pitch that padding would hide, in UTF-16 units, and how far the next one starts. */
const size = 80
const stride = 40

/** Most stretches of a text; in a longer one they start further apart. */
const most = 60

/** Sentences are looked at together until they are so long: shorter ones say too little by themselves. */
const leastSentence = 12
const shortSentence = 40

/**
 * Parts of a folded text to be looked at by themselves, so that good words around a pitch don't
 * drown it: overlapping stretches that begin at a word where there are spaces, and sentences.
 * None where the text is no longer than a part.
 */
export function windowsOf(folded: string): string[] {
  const found = new Set<string>()
  const step = Math.max(stride, Math.ceil(folded.length / most))
  if (folded.length > size * 1.25)
    for (let start = 0; start < folded.length - stride; start += step)
      found.add(folded.slice(wordStart(folded, start), start + size))
  const sentences = sentencesOf(folded)
  if (sentences.length > 1) for (const sentence of sentences) found.add(sentence)
  return [...found]
}

/** Sentences of some length; in a long text, short ones with those that follow. */
function sentencesOf(folded: string): string[] {
  const least = folded.length > size * stride ? shortSentence : leastSentence
  const sentences: string[] = []
  let open = ''
  for (const sentence of folded.split(/(?<=[.!?…。！？\n])\s*/u)) {
    open += sentence
    if (open.length < least) continue
    if (open.length <= size * 2) sentences.push(open)
    open = ''
  }
  return sentences
}

function wordStart(text: string, start: number): number {
  if (start === 0) return 0
  const space = text.indexOf(' ', start)
  return space >= 0 && space < start + 16 ? space + 1 : start
}
