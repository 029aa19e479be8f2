import type { MarkdownIt } from 'markdown-it'
import { beginsByCjkSign, endsByCjkSign } from '../../worker/contract/cjkSigns.ts'

/**
 * Has stars beside Chinese, Japanese and Korean signs open and close as they do beside letters: there are no spaces in
 * these scripts, so that CommonMark's rules for punctuation leave `これは**「重要」**です` as it is. The rule is that of
 * https://github.com/tats-u/markdown-cjk-friendly, whose plugin brings a table of widths that is as large as it is rare.
 */
export function cjkEmphasis(parser: MarkdownIt): void {
  const { State } = parser.inline
  parser.inline.State = class extends State {
    override scanDelims(start: number, canSplitWord: boolean) {
      const found = super.scanDelims(start, canSplitWord)
      const before = this.src.slice(Math.max(0, start - 4), start)
      const after = this.src.slice(start + found.length, Math.min(start + found.length + 2, this.posMax))
      const isWithin = /\S$/.test(before) && /^\S/.test(after)
      return canSplitWord && isWithin && (endsByCjkSign.test(before) || beginsByCjkSign.test(after))
        ? { ...found, can_open: true, can_close: true }
        : found
    }
  }
}
