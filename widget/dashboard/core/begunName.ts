/** A name that is being written after an `@`, from its sign up to the caret. */
export interface BegunName {
  /** Where the sign stands. */
  from: number
  typed: string
}

const longest = 60

/** The name that ends at a place of a text; null where none is being written there. */
export function begunName(text: string, caret: number): BegunName | null {
  const before = text.slice(Math.max(0, caret - longest), caret)
  const sign = /(^|[^\p{L}\p{N}])[@＠]([^@＠\n]*)$/u.exec(before)
  if (!sign) return null
  const typed = sign[2] ?? ''
  return { from: caret - typed.length - 1, typed }
}

/** Those whose name, or a word of it, begins as is typed; so many at most. */
export function matching<Person extends { name: string }>(
  people: Person[],
  typed: string,
  most = 6,
): Person[] {
  const begun = typed.toLowerCase()
  const begins = ({ name }: Person) => {
    const folded = name.toLowerCase()
    return (
      folded.startsWith(begun) || folded.split(/\s+/).some((word) => begun !== '' && word.startsWith(begun))
    )
  }
  return people.filter(begins).slice(0, most)
}

/** A text with a name written out, and where the caret is after it. */
export function written(
  text: string,
  { from, typed }: BegunName,
  name: string,
): { text: string; caret: number } {
  const rest = text.slice(from + 1 + typed.length)
  const added = `@${name}${/^\s/.test(rest) ? '' : ' '}`
  return { text: text.slice(0, from) + added + rest, caret: from + added.length }
}
