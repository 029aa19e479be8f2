import MarkdownIt from 'markdown-it'
import type { ContentNode } from '../../worker/contract/content.ts'
import { cjkEmphasis } from './cjkEmphasis.ts'

/** A source that nests deeper, has more parts, or makes a longer tree is shown as the text it is. */
const maxDepth = 16
const maxTokens = 4000
/** Bytes of a tree as JSON that any source may make, and a long one by each of its own; and the most of all. */
const freeBytes = 8000
const bytesPerByte = 3
const maxBytes = 250_000
const longestLink = 2000

const parser = new MarkdownIt('commonmark', { html: false, linkify: true, breaks: true })
  .use(cjkEmphasis)
  .enable('linkify')
  .disable(['heading', 'lheading', 'hr', 'image', 'reference', 'entity'])
parser.options.maxNesting = maxDepth
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
parser.linkify.add('www.', {
  validate(text, at, linkify) {
    const [rest = ''] = text.slice(at, at + longestLink).split(/\s/, 1)
    if (/[@/.]/.test(text[at - 5] ?? '') || !/^[\p{L}\p{N}-]+\.[\p{L}\p{N}]/u.test(rest)) return 0
    return Math.max(0, linkify.testSchemaAt(`https://www.${rest}`, 'https:', 6) - '//www.'.length)
  },
  normalize(link) {
    link.url = `https://${link.url}`
  },
})
// What is drawn like another address keeps the form in which it can be told apart.
const readable = parser.normalizeLinkText
parser.normalizeLinkText = (text) => (/xn--/i.test(text) ? text : readable(text))
parser.validateLink = (href: string) => safeHref(href) !== null

type Token = ReturnType<typeof parser.parse>[number]
type Parent = Extract<ContentNode, { children: ContentNode[] }>

/**
 * The safe tree of a comment's Markdown source (CommonMark without HTML, images, headings and
 * rules; line breaks stay breaks; bare links become links; stars beside Chinese, Japanese and Korean
 * signs are bold as those who type them expect; of tables their rows). Pure. What it can't name, it keeps as
 * text, so the tree holds nothing but allowed nodes.
 *
 * @param source Markdown as posted
 */
export function contentOf(source: string): ContentNode[] {
  const tokens = parser.parse(source, {})
  const nodes = tokens.reduce((sum, { children }) => sum + 1 + (children?.length ?? 0), 0)
  if (nodes > maxTokens || tokens.some(({ level }) => level >= maxDepth - 1))
    return [{ type: 'codeBlock', text: source }]
  const root: ContentNode[] = []
  const open: ContentNode[][] = [root]
  for (const token of flat(tokens)) add(token, open)
  const most = Math.max(freeBytes, Math.min(maxBytes, bytesPerByte * bytesOf(source)))
  return bytesOf(JSON.stringify(root)) > most ? [{ type: 'codeBlock', text: source }] : root
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length

/** The links of a tree, in order. */
export const linksOf = (nodes: ContentNode[]): string[] => labelledLinksOf(nodes).map(({ href }) => href)

/** The same with what readers see of each. */
export function labelledLinksOf(nodes: ContentNode[]): { href: string; text: string }[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string' || !('children' in node)) return []
    const inside = labelledLinksOf(node.children)
    return node.type === 'link' ? [{ href: node.href, text: textOf(node.children) }, ...inside] : inside
  })
}

/** What readers see of a tree, as plain text; without quotes and code when asked. */
export function textOf(nodes: ContentNode[], withQuotes = true): string {
  return nodes
    .map((node): string => {
      if (typeof node === 'string') return node
      if (node.type === 'break') return '\n'
      if ('text' in node) return withQuotes ? node.text : ' '
      if (node.type === 'quote' && !withQuotes) return ''
      const text = textOf(node.children, withQuotes)
      return node.type === 'emphasis' || node.type === 'strong' || node.type === 'link' ? text : `${text}\n`
    })
    .join('')
}

/** The address normalised when it is http, https or mailto and carries no credentials, otherwise null. */
export function safeHref(href: string): string | null {
  try {
    const url = new URL(href)
    const safe = ['http:', 'https:', 'mailto:'].includes(url.protocol) && !url.username && !url.password
    return safe ? url.href : null
  } catch {
    return null
  }
}

function* flat(tokens: Token[]): Iterable<Token> {
  for (const token of tokens) {
    if (token.type === 'inline') yield* withoutDashes(token.children ?? [])
    else yield token
  }
}

/** The line of dashes below a table's heads: it says nothing once the table is lines of text. */
const dashes = /^\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?$/

/** The parts of a paragraph without such a line, where one follows a line with bars. */
function withoutDashes(parts: Token[]): Token[] {
  const isBreak = (at: number) => parts[at]?.type === 'softbreak' || at === parts.length
  const isDashes = (at: number) =>
    dashes.test(parts[at]?.content ?? '') &&
    isBreak(at - 1) &&
    isBreak(at + 1) &&
    parts[at - 2]?.content.includes('|')
  return parts.filter((_, at) => !isDashes(at) && !isDashes(at + 1))
}

function add(token: Token, open: ContentNode[][]): void {
  const here = open[open.length - 1] as ContentNode[]
  if (token.nesting === -1) {
    if (open.length > 1) open.pop()
    return
  }
  if (token.nesting === 1) {
    const node = parentNode(token)
    here.push(node)
    open.push(node.children)
    return
  }
  if (token.type === 'code_inline') here.push({ type: 'code', text: token.content })
  else if (token.type === 'fence' || token.type === 'code_block')
    here.push({ type: 'codeBlock', text: token.content })
  else if (token.type === 'softbreak' || token.type === 'hardbreak') here.push({ type: 'break' })
  else if (token.content) {
    const last = here.length - 1
    if (typeof here[last] === 'string') here[last] += token.content
    else here.push(token.content)
  }
}

function parentNode(token: Token): Parent {
  const children: ContentNode[] = []
  switch (token.type) {
    case 'em_open':
      return { type: 'emphasis', children }
    case 'strong_open':
      return { type: 'strong', children }
    case 'blockquote_open':
      return { type: 'quote', children }
    case 'list_item_open':
      return { type: 'item', children }
    case 'bullet_list_open':
      return { type: 'list', ordered: false, children }
    case 'ordered_list_open': {
      const start = Number(token.attrGet('start') ?? 1)
      return start === 1
        ? { type: 'list', ordered: true, children }
        : { type: 'list', ordered: true, start, children }
    }
    case 'link_open': {
      const href = safeHref(String(token.attrGet('href') ?? ''))
      return href ? { type: 'link', href, children } : { type: 'emphasis', children }
    }
    default:
      return { type: 'paragraph', children }
  }
}
