/** A line of a text, without its end. */
export interface Line {
  text: string
  /** The first is 1. */
  number: number
}

/** Characters of a line beyond which it is cut: no line of a comment is longer. */
const longestLine = 1024 * 1024

/**
 * The lines of a text, one after the other, whatever their length: what is too long is cut. They end with LF or CR LF; with
 * CR where the text's beginning has no LF.
 */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<Line> {
  let number = 1
  let rest = ''
  let end: '\n' | '\r' | undefined
  for await (const piece of text) {
    // Told once there is an end of a line, or more than any line has.
    if (end === undefined) {
      if (!/[\r\n]/.test(piece) && rest.length + piece.length < longestLine) {
        rest += piece
        continue
      }
      end = !`${rest}${piece}`.includes('\n') && /\r[^\n]/.test(piece) ? '\r' : '\n'
    }
    let from = 0
    for (let at = piece.indexOf(end); at >= 0; at = piece.indexOf(end, from)) {
      yield { text: lineOf(rest + piece.slice(from, Math.min(at, from + longestLine))), number: number++ }
      rest = ''
      from = at + 1
    }
    if (rest.length < longestLine) rest += piece.slice(from, from + longestLine)
  }
  if (rest) yield { text: lineOf(rest), number }
}

const lineOf = (text: string) => (text.endsWith('\r') ? text.slice(0, -1) : text).slice(0, longestLine)
