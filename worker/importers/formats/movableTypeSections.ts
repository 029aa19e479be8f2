import type { Line } from '../text/lines.ts'

/** A part of an entry: its keys, or a text under a name such as `COMMENT`. */
export interface Section {
  /** In capitals; empty for the keys with which an entry begins. */
  name: string
  /** What it has, but for texts that are no comments: those are passed over. */
  lines: Line[]
  /** Where it begins. */
  line: number
  /** It has more than any comment may have, and was cut. */
  isTooLong: boolean
  /** The file goes on behind it. */
  isEnded: boolean
}

/** Characters of a section that are kept. */
const mostKept = 256 * 1024

const kept = ['', 'COMMENT', 'PING']

/** How a text within an entry begins. */
const heading = /^\s*((?:START |EXTENDED )?BODY|EXCERPT|KEYWORDS|COMMENT|PING|CF\w*)\s*:\s*$/i

/** How an entry begins. */
const firstKey =
  /^(AUTHOR|TITLE|BASENAME|STATUS|DATE|ALLOW \w+|CONVERT BREAKS|PRIMARY CATEGORY|CATEGORY|TAGS?|KEYWORDS|UNIQUE URL|PERMALINK|URL|PATH|LINK|IMAGE|NO ENTRY)\s*:/i

/** A line of a text that would end it is written with a TAB before it. */
const escaped = /^\t(-----|--------)\s*$/

/**
 * The parts of a file of Movable Type's form, one after the other: entries end with eight hyphens, parts of them with five. A
 * line of hyphens that neither an entry nor a part follows is one that somebody wrote.
 */
export async function* sectionsOf(lines: AsyncIterable<Line>): AsyncGenerator<Section> {
  let section = begun('', 1)
  /** A line of hyphens and the empty lines after it, until it is known what follows. */
  let pending: Line[] = []
  const isEmpty = () => section.name === '' && section.lines.length === 0
  for await (const line of lines) {
    const text = line.text.trimEnd()
    if (text === '-----' || text === '--------') {
      // Two such lines in turn: the longer one ends the entry.
      if (pending[0]?.text.trimEnd() !== '--------') pending = [line]
    } else if (pending.length === 0) add(section, line)
    else if (text === '') pending.push(line)
    else {
      const endsEntry = pending[0]?.text.trimEnd() === '--------'
      const name = endsEntry ? null : (heading.exec(text)?.[1]?.toUpperCase() ?? null)
      if (name !== null || (endsEntry && firstKey.test(text.trimStart()))) {
        if (!isEmpty()) yield { ...section, isEnded: true }
        section = begun(name ?? '', line.number)
        if (name === null) add(section, line)
      } else for (const one of [...pending, line]) add(section, one)
      pending = []
    }
  }
  if (!isEmpty()) yield { ...section, isEnded: pending.length > 0 }
}

const begun = (name: string, line: number) => ({
  ...{ name, line, lines: [] as Line[], isTooLong: false, isEnded: false, size: 0 },
})

function add(section: ReturnType<typeof begun>, line: Line) {
  if (!kept.includes(section.name)) return
  const text = line.text.replace(escaped, '$1')
  section.size += text.length + 1
  if (section.size > mostKept) section.isTooLong = true
  else if (section.lines.length > 0 || text.trim() !== '') section.lines.push({ ...line, text })
}
