import type { ContentNode } from '../../contract/content.ts'
import { lineOf, type Token } from './emphasis.ts'
import { codeFence, escaped, escapedLabel, escapedStarts, target } from './escaped.ts'

/** The Markdown of a safe tree: what our parser makes that tree of again. */
export function written(blocks: readonly ContentNode[]): string {
  let isOther = false
  return blocks
    .map((block, at) => {
      const before = blocks[at - 1]
      // Two lists in a row would be one.
      isOther = isList(block) && before !== undefined && isList(before) && !isOther
      return blockWritten(block, isOther)
    })
    .filter((text) => text !== '')
    .join('\n\n')
}

const isList = (node: ContentNode) => typeof node === 'object' && node.type === 'list'

function blockWritten(block: ContentNode, isOther: boolean): string {
  if (typeof block === 'string') return paragraph([block])
  switch (block.type) {
    case 'quote':
      return written(block.children).replace(/^.*$/gm, (line) => (line ? `> ${line}` : '>'))
    case 'codeBlock':
      return codeFence(block.text)
    case 'list':
      return block.children
        .map((item, at) => {
          const bullet = isOther ? '*' : '-'
          const mark = block.ordered ? `${(block.start ?? 1) + at}${isOther ? ')' : '.'}` : bullet
          return itemWritten(typeof item === 'object' && 'children' in item ? item.children : [item], mark)
        })
        .join('\n')
    case 'paragraph':
    case 'item':
      return paragraph(block.children)
    default:
      return paragraph([block])
  }
}

/** An item of a list: its further lines stand below its text. */
function itemWritten(blocks: readonly ContentNode[], mark: string): string {
  const indent = ' '.repeat(mark.length + 1)
  return `${mark} ${written(blocks).replace(/\n(?!\n)/g, `\n${indent}`)}`.trimEnd()
}

function paragraph(nodes: readonly ContentNode[]): string {
  return escapedStarts(lineOf([...tokensOf(nodes, { isLabel: false, endsLine: true, pairs: { count: 0 } })]))
}

/** Where some nodes stand: in the words of a link, and whether the line, or those words, end after them. */
interface Place {
  isLabel: boolean
  endsLine: boolean
  pairs: { count: number }
}

function* tokensOf(nodes: readonly ContentNode[], place: Place): Generator<Token> {
  for (const [at, node] of nodes.entries()) {
    if (typeof node === 'string') {
      const next = nodes[at + 1]
      const isEnd = next === undefined ? place.endsLine : typeof next === 'object' && next.type === 'break'
      yield { text: place.isLabel ? escapedLabel(node, isEnd) : escaped(node, isEnd) }
    } else if (node.type === 'break') yield { text: '\n' }
    else if (node.type === 'code') yield { code: node.text }
    else if (node.type === 'strong' || node.type === 'emphasis') {
      const inner = onlyForm(node.children)
      const stars = inner ? '***' : node.type === 'strong' ? '**' : '*'
      const pair = place.pairs.count++
      yield { stars, pair, opens: true }
      yield* tokensOf(inner ?? node.children, { ...place, endsLine: false })
      yield { stars, pair, opens: false }
    } else if (node.type === 'link') yield* linkTokens(node.href, node.children, place)
    else if ('children' in node) yield* tokensOf(node.children, place)
  }
}

function* linkTokens(href: string, words: readonly ContentNode[], place: Place): Generator<Token> {
  if (words.length === 1 && words[0] === href && isPlain(href)) yield { text: `<${href}>` }
  else {
    yield { text: '[' }
    yield* tokensOf(words, { ...place, isLabel: true, endsLine: true })
    yield { text: `](${target(href)})` }
  }
}

/** What is in the other form, where all of it is in that. */
function onlyForm([only, ...others]: readonly ContentNode[]): ContentNode[] | null {
  const isForm = typeof only === 'object' && (only.type === 'strong' || only.type === 'emphasis')
  return isForm && others.length === 0 ? only.children : null
}

/** An address that is shown just as it is written. */
const isPlain = (href: string) => /^https?:\/\/[\w./?=#&;:,+~@!$-]+$/i.test(href) && !/xn--/i.test(href)
