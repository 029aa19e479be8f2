import { foldedText } from '../../../worker/contract/foldedText.ts'
import type { SearchTerm } from '../../../worker/contract/searchQuery.ts'

/** A part of a text, by its first and its last letter's end, in UTF-16 units. */
export type Mark = [from: number, to: number]

/** The texts that are searched for, as they are compared. */
export const textsOf = (terms: SearchTerm[]): string[] =>
  terms.filter(({ operator, not }) => operator === 'text' && !not).map(({ value }) => foldedText(value))

/** Where some folded texts stand in a text. */
export function marksIn(text: string, texts: string[]): Mark[] {
  let folded = ''
  const starts: number[] = []
  const ends: number[] = []
  let at = 0
  // A letter may fold to several or to none; white space to one space.
  for (const { segment, index } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    const letters = /^\s+$/.test(segment) ? (folded.endsWith(' ') ? '' : ' ') : foldedText(segment)
    at = index + segment.length
    for (let unit = 0; unit < letters.length; unit++) {
      starts.push(index)
      ends.push(at)
    }
    folded += letters
  }
  return texts.flatMap((one) => {
    const marks: Mark[] = []
    if (one === '') return marks
    for (let from = folded.indexOf(one); from >= 0; from = folded.indexOf(one, from + one.length))
      marks.push([starts[from] ?? 0, ends[from + one.length - 1] ?? 0])
    return marks
  })
}

/** Marks what was searched for in the comments on screen. The page stays as it is: the browser draws the marks. */
export function markIn(root: ParentNode, terms: SearchTerm[]): void {
  const highlights = (CSS as { highlights?: HighlightRegistry }).highlights
  if (!highlights) return
  highlights.delete('found')
  const texts = textsOf(terms)
  if (texts.length === 0) return
  const ranges: Range[] = []
  for (const element of root.querySelectorAll('.comment :is(.body, .name, .meta)')) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      for (const [from, to] of marksIn(node.nodeValue ?? '', texts)) {
        const range = new Range()
        range.setStart(node, from)
        range.setEnd(node, to)
        ranges.push(range)
      }
  }
  highlights.set('found', new Highlight(...ranges))
}
