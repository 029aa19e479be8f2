import TurndownService from 'turndown'

type Rules = Record<string, TurndownService.Rule>

/**
 * Rich text from a clipboard as the Markdown that comments are written in: what they cannot have, they
 * have as text.
 *
 * @throws where the page forbids its scripts to parse HTML (Trusted Types), in browsers without `parseHTML`
 */
export function markdownOf(html: string): string {
  const service = new TurndownService({
    br: '',
    blankReplacement: (_, node) =>
      /^T[DH]$/.test(node.nodeName) ? cell('', node) : isBlock(node) ? '\n\n' : '',
  })
  service.remove(['script', 'style', 'title', 'noscript'])
  for (const [name, rule] of Object.entries(rules)) service.addRule(name, rule)
  // Word processors put a whole page around what was copied.
  const copied = html.replace(/^[\s\S]*<!--StartFragment-->|<!--EndFragment-->[\s\S]*$/g, '')
  return service
    .turndown(parsed(copied))
    .replace(/[ \u00a0]+$/gm, '')
    .trim()
}

/**
 * The text as a document where browsers make one that can do nothing, which Trusted Types let pass (the
 * Sanitizer API); else as it is.
 */
function parsed(html: string): string | HTMLElement {
  const { parseHTML } = Document as { parseHTML?(html: string, options: object): Document }
  return parseHTML?.call(Document, html, { sanitizer: {} }).body ?? html
}

const rules: Rules = {
  heading: {
    filter: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    replacement: (text) => `\n\n**${oneLine(text)}**\n\n`,
  },
  form: {
    filter: ['b', 'strong', 'i', 'em', 'span'],
    replacement(text, node) {
      // Form goes no further than its paragraph.
      if (/\n\n/.test(text) || !text.trim()) return text
      const marks = [isBold, isItalic].map((is, index) =>
        is(node) && !within(node, is) ? '**'.slice(index) : '',
      )
      return marks.join('') + text + marks.toReversed().join('')
    },
  },
  link: {
    filter: 'a',
    replacement(text, node) {
      const href = attribute(node, 'href')
      if (!text.trim() || !/^(https?|mailto):/i.test(href)) return text
      if (node.textContent?.trim() === href) return href
      return `[${oneLine(text)}](${href.replace(/[\\()]/g, '\\$&').replace(/\s/g, '%20')})`
    },
  },
  image: { filter: 'img', replacement: (_, node) => attribute(node, 'alt') },
  rule: { filter: 'hr', replacement: () => '\n\n' },
  code: {
    filter: 'pre',
    replacement(_, node) {
      const text = (node.textContent ?? '').replace(/\n$/, '')
      const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
      const fence = '`'.repeat(longest + 1)
      return `\n\n${fence}\n${text}\n${fence}\n\n`
    },
  },
  item: {
    filter: 'li',
    replacement(text, node) {
      const list = node.parentNode as Element
      const place = [...list.children].filter(({ nodeName }) => nodeName === 'LI').indexOf(node as Element)
      const mark = list.nodeName === 'OL' ? `${(Number(attribute(list, 'start')) || 1) + place}. ` : '- '
      return `${mark}${indented(text.trim(), mark.length)}\n`
    },
  },
  list: {
    filter: ['ul', 'ol'],
    replacement(text, { parentNode }) {
      const above = parentNode?.nodeName
      if (above === 'LI') return `\n${text.trim()}\n`
      // Some put a list beside the item it belongs to.
      if (above !== 'UL' && above !== 'OL') return `\n\n${text.trim()}\n\n`
      const depth = above === 'OL' ? 3 : 2
      return `${' '.repeat(depth)}${indented(text.trim(), depth)}\n`
    },
  },
  cell: { filter: ['td', 'th'], replacement: (text, node) => cell(text, node) },
  row: { filter: ['tr', 'thead', 'tbody', 'tfoot'], replacement: (text) => `\n${text.trim()}\n` },
  table: { filter: 'table', replacement: (text) => `\n\n${text.trim()}\n\n` },
}

const attribute = (node: Node, name: string) => (node as Element).getAttribute(name) ?? ''
const isBlock = (node: Node) => (node as Node & { isBlock?: boolean }).isBlock
const oneLine = (text: string) => text.trim().replace(/\s*\n\s*/g, ' ')
const indented = (text: string, depth: number) => text.replace(/\n(?!\n)/g, `\n${' '.repeat(depth)}`)
const cell = (text: string, node: Node) => oneLine(text) + ((node as Element).nextElementSibling ? ' | ' : '')

/** What a style says of something, before the element's name does. */
const styled = (node: Node, name: string) => RegExp(`${name}:\\s*(\\w+)`).exec(attribute(node, 'style'))?.[1]

function isBold(node: Node): boolean {
  const weight = styled(node, 'font-weight')
  return weight ? /^(bold|[6-9]00)/.test(weight) : /^(B|STRONG|H\d)$/.test(node.nodeName)
}

function isItalic(node: Node): boolean {
  const style = styled(node, 'font-style')
  return style ? style === 'italic' : /^(I|EM)$/.test(node.nodeName)
}

function within({ parentElement }: Node, is: (node: Node) => boolean): boolean {
  return !!parentElement && (is(parentElement) || within(parentElement, is))
}
