import type { ContentNode } from '../../contract/content.ts'

/** What a piece of text is within: of each type once. Links are told apart as objects. */
export type Format = { type: 'strong' | 'emphasis' } | { type: 'link'; href: string }

/** A piece of a paragraph, and what it is in, from the outside. */
export interface Leaf {
  formats: readonly Format[]
  node: string | { type: 'break' } | { type: 'code'; text: string }
}

/**
 * The paragraphs that some pieces make: spaces are collapsed as browsers do, an empty line begins a paragraph, and no
 * format begins or ends by a space.
 */
export function paragraphsOf(leaves: readonly Leaf[]): ContentNode[] {
  return lineRuns(spaced(leaves)).map((run) => ({ type: 'paragraph', children: nested(joined(run), 0) }))
}

const isBreak = ({ node }: Leaf) => typeof node === 'object' && node.type === 'break'
const isSpace = ({ node }: Leaf) => node === ' '

/** The pieces with one space where there were several, each by itself where it stands at an end of a text. */
function spaced(leaves: readonly Leaf[]): Leaf[] {
  const made: Leaf[] = []
  const space = () => {
    const last = made.at(-1)
    if (last && !isBreak(last) && !isSpace(last)) made.push({ formats: [], node: ' ' })
  }
  for (const leaf of leaves) {
    if (typeof leaf.node !== 'string') {
      if (isBreak(leaf) && made.at(-1)?.node === ' ') made.pop()
      made.push(leaf)
      continue
    }
    const text = leaf.node.replace(/[ \t\n\f\r\u2028\u2029]+/g, ' ')
    if (text.startsWith(' ')) space()
    const inner = text.replace(/^ | $/g, '')
    if (inner) made.push({ ...leaf, node: inner })
    if (text.endsWith(' ')) space()
  }
  return made
}

/** The pieces of each paragraph, without spaces and breaks around them. */
function lineRuns(leaves: Leaf[]): Leaf[][] {
  const runs: Leaf[][] = []
  let run: Leaf[] = []
  let breaks: Leaf[] = []
  for (const leaf of leaves) {
    if (isBreak(leaf)) {
      breaks.push(leaf)
      continue
    }
    if (breaks.length > 1 && run.length > 0) {
      runs.push(run)
      run = []
    } else if (run.length > 0) run.push(...breaks)
    breaks = []
    run.push(leaf)
  }
  runs.push(run)
  for (const one of runs) if (one.at(-1)?.node === ' ') one.pop()
  return runs.filter(({ length }) => length > 0)
}

/** The pieces, with spaces and breaks in what the pieces on both sides of them are in. */
function joined(run: Leaf[]): Leaf[] {
  return run.map((leaf, at) => {
    if (!isSpace(leaf) && !isBreak(leaf)) return leaf
    const before = run[at - 1]?.formats ?? []
    const after = run[at + 1]?.formats ?? []
    const differs = before.findIndex((format, at) => !isSame(format, after[at]))
    return { ...leaf, formats: differs < 0 ? before : before.slice(0, differs) }
  })
}

const isSame = (one: Format, other: Format | undefined) =>
  one === other || (one.type !== 'link' && one.type === other?.type)

/** The tree of pieces that are in the same formats down to a depth. */
function nested(leaves: readonly Leaf[], depth: number): ContentNode[] {
  const nodes: ContentNode[] = []
  for (let at = 0; at < leaves.length; ) {
    const { formats, node } = leaves[at] as Leaf
    const format = formats[depth]
    if (!format) {
      const last = nodes.at(-1)
      if (typeof node === 'string' && typeof last === 'string') nodes[nodes.length - 1] = last + node
      else nodes.push(node)
      at++
      continue
    }
    let end = at + 1
    while (end < leaves.length && isSame(format, leaves[end]?.formats[depth])) end++
    nodes.push({ ...format, children: nested(leaves.slice(at, end), depth + 1) })
    at = end
  }
  return nodes
}
