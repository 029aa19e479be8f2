import { diffArrays } from 'diff'

/** A part of two texts: in both, or in one of them alone. */
export interface TextPart {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** Milliseconds that comparing two texts may take: then all of one is taken for another. */
const patience = 300

/** How one text became another, by words; languages without spaces have words, too. */
export function textChanges(before: string, after: string): TextPart[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })
  // An address is a word.
  const words = (text: string) =>
    text
      .split(/(\bhttps?:\/\/\S+)/i)
      .flatMap((part, at) =>
        at % 2 ? [part] : Array.from(segmenter.segment(part), ({ segment }) => segment),
      )
  const found = diffArrays(words(before), words(after), { timeout: patience })
  if (!found)
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]
  const parts = found.map(({ added, removed, value }): TextPart => {
    const kind = added ? 'added' : removed ? 'removed' : 'same'
    return { kind, text: value.join('') }
  })
  return joined(parts)
}

/** What changed beside each other is one change, whatever spaces are between; what was added comes before what it replaces. */
function joined(parts: TextPart[]): TextPart[] {
  const result: TextPart[] = []
  let [added, removed] = ['', '']
  const end = () => {
    if (added) result.push({ kind: 'added', text: added })
    if (removed) result.push({ kind: 'removed', text: removed })
    ;[added, removed] = ['', '']
  }
  for (const [at, part] of parts.entries()) {
    const { kind, text } = part
    const isBetween = added && removed && !text.trim() && at < parts.length - 1
    if (kind === 'added' || (kind === 'same' && isBetween)) added += text
    if (kind === 'removed' || (kind === 'same' && isBetween)) removed += text
    if (kind === 'same' && !isBetween) {
      end()
      result.push(part)
    }
  }
  end()
  return result
}
