import type { MarkdownIt } from 'markdown-it'

const sign =
  '[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Bopomofo}\\p{scx=Hangul}\\u3001-\\u303f\\uff01-\\uffee]'
const endsSo = new RegExp(`${sign}[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]?$`, 'u')
const beginsSo = new RegExp(`^${sign}`, 'u')

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
      return canSplitWord && isWithin && (endsSo.test(before) || beginsSo.test(after))
        ? { ...found, can_open: true, can_close: true }
        : found
    }
  }
}
