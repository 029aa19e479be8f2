/** What begins a part in which an ampersand is one, and what ends it. */
const opening = /<!\[CDATA\[|<!--/g

/** An ampersand that begins no reference. */
const bare = /&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\da-z]{0,30});)/gi

/** No reference, and no beginning of a part, is as long. */
const longest = 40

/** Characters of a piece. */
const pieceLength = 64 * 1024

/**
 * Text of XML in pieces, with what is often wrong in such files put right, so that it can be parsed: line ends are LF
 * (XML 1.0 §2.11, and each counts as one line), and ampersands that begin no reference are escaped.
 */
export async function* mended(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  let end: ']]>' | '-->' | null = null
  let endedByReturn = false

  /** What can be told of the text by now. */
  const told = (isLast: boolean) => {
    let made = ''
    let at = 0
    for (;;) {
      if (end) {
        const found = rest.indexOf(end, at)
        const upTo: number = found < 0 ? (isLast ? rest.length : Math.max(at, rest.length - 2)) : found + 3
        made += rest.slice(at, upTo)
        at = upTo
        if (found < 0) break
        end = null
      }
      opening.lastIndex = at
      const found = opening.exec(rest)
      const upTo: number = found?.index ?? (isLast ? rest.length : Math.max(at, undecided(rest)))
      made += rest.slice(at, upTo).replace(bare, '&amp;')
      at = upTo
      if (!found) break
      end = found[0] === '<!--' ? '-->' : ']]>'
      made += found[0]
      at += found[0].length
    }
    rest = rest.slice(at)
    return made
  }

  for await (const part of text) {
    for (let at = 0; at < part.length; at += pieceLength) {
      const piece = part.slice(at, at + pieceLength)
      const lines = endedByReturn && piece.startsWith('\n') ? piece.slice(1) : piece
      endedByReturn = piece.endsWith('\r')
      rest += lines.replace(/\r\n?/g, '\n')
      yield told(false)
    }
  }
  yield told(true)
}

/** Where something begins of which the end may be yet to come. */
function undecided(text: string): number {
  const from = Math.max(0, text.length - longest)
  const found = text.slice(from).search(/[&<]/)
  return found < 0 ? text.length : from + found
}
