const words = /[\p{L}\p{M}\p{N}]+/gu
const segmenters = new Map<string, Intl.Segmenter>()
const needsSegmenter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/** The words of a text, in order; of a script that puts no spaces between them, as a dictionary parts them. */
export function wordsIn(text: string): string[] {
  if (!needsSegmenter.test(text)) return text.match(words) ?? []
  const segmenter = segmenters.get('ja') ?? new Intl.Segmenter('ja', { granularity: 'word' })
  segmenters.set('ja', segmenter)
  return Array.from(segmenter.segment(text), ({ segment, isWordLike }) => (isWordLike ? segment : '')).filter(
    Boolean,
  )
}
