import type { Element, ElementContent, Nodes } from 'hast'
import { fromDom } from 'hast-util-from-dom'
import { defaultHandlers, type Handle, type State, toMdast } from 'hast-util-to-mdast'
import type { BlockContent, PhrasingContent, Root, RootContent } from 'mdast'
import { type Options, toMarkdown } from 'mdast-util-to-markdown'

/**
 * Rich text from a clipboard as the Markdown that comments are written in: what they cannot have, they
 * have as text.
 *
 * @throws where the page forbids its scripts to parse HTML (Trusted Types), in browsers without `parseHTML`
 */
export function markdownOf(html: string): string {
  // Word processors put a whole page around what was copied.
  return markdownIn(parsed(html.replace(/^[\s\S]*<!--StartFragment-->|<!--EndFragment-->[\s\S]*$/g, '')))
}

/** What is in an element as Markdown. */
export function markdownIn(element: HTMLElement): string {
  const tree = toMdast(fromDom(element) as Nodes, { handlers }) as Root
  return toMarkdown(tidied(tree), style)
    .replace(/[ \u00a0]+$/gm, '')
    .trim()
}

/**
 * A document that can do nothing. Where browsers have the Sanitizer API, Trusted Types let it pass; nothing of it
 * is ever shown.
 */
function parsed(html: string): HTMLElement {
  const { parseHTML } = Document as { parseHTML?(html: string, options: object): Document }
  const made =
    parseHTML?.call(Document, html, { sanitizer: {} }) ?? new DOMParser().parseFromString(html, 'text/html')
  return made.body
}

type Content = RootContent[]

const handlers: Record<string, Handle> = {
  a: link,
  b: form,
  strong: form,
  i: form,
  em: form,
  span: form,
  img: (_, { properties }) => ({ type: 'text', value: String(properties.alt ?? '') }),
  hr: () => undefined,
  ul: list,
  ol: list,
  table: (state, node) => ({ type: 'paragraph', children: rowsOf(state, node) }),
  ...Object.fromEntries(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [name, heading])),
}

function heading(state: State, node: Element): Content {
  const children = state.all(node) as PhrasingContent[]
  return children.length ? [{ type: 'paragraph', children: [{ type: 'strong', children }] }] : []
}

function link(state: State, node: Element): Content {
  const url = String(node.properties.href ?? '')
  const children = state.all(node) as PhrasingContent[]
  return /^(https?|mailto):/i.test(url) && wordsOf(children).trim()
    ? [{ type: 'link', url, children }]
    : (children as Content)
}

/** A list. Some put a list beside the item it belongs to. */
function list(state: State, node: Element): ReturnType<Handle> {
  const children: ElementContent[] = []
  for (const child of node.children) {
    const item = children.findLast((one) => one.type === 'element')
    const isBeside = child.type === 'element' && /^[uo]l$/.test(child.tagName)
    if (isBeside && item) item.children = [...item.children, child]
    else children.push(child)
  }
  const handle = node.tagName === 'ol' ? defaultHandlers.ol : defaultHandlers.ul
  return handle(state, { ...node, children })
}

/** Bold and italic text, by its style before its element's name. */
function form(state: State, node: Element): Content {
  const children = state.all(node) as Content
  // So browsers copy the space between two pieces of form. Others stand where their author wants no break.
  if (node.tagName === 'span' && wordsOf(children) === '\u00a0') return [{ type: 'text', value: ' ' }]
  // Form goes no further than its paragraph.
  if (children.some(isBlock) || !wordsOf(children).trim()) return children
  const [before, inner, after] = trimmed(children)
  let made = inner as PhrasingContent[]
  if (isItalic(node)) made = [{ type: 'emphasis', children: made }]
  if (isBold(node)) made = [{ type: 'strong', children: made }]
  return [...before, ...made, ...after]
}

/** Spaces at either end, and what is between them: form must not begin or end by one. */
function trimmed(children: Content): [Content, Content, Content] {
  const space = (found: string | undefined): Content => (found ? [{ type: 'text', value: found }] : [])
  const inner = [...children]
  const [first] = inner
  let before: Content = []
  if (first?.type === 'text') {
    before = space(/^\s+/.exec(first.value)?.[0])
    inner[0] = { ...first, value: first.value.trimStart() }
  }
  const last = inner.at(-1)
  let after: Content = []
  if (last?.type === 'text') {
    after = space(/\s+$/.exec(last.value)?.[0])
    inner[inner.length - 1] = { ...last, value: last.value.trimEnd() }
  }
  return [before, inner, after]
}

/** A table as lines of text, its cells with signs between them. */
function rowsOf(state: State, node: Element): PhrasingContent[] {
  const rows = elementsIn(node).flatMap((child) => (child.tagName === 'tr' ? [child] : elementsIn(child)))
  return rows.flatMap((row, at): PhrasingContent[] => [
    ...(at ? [{ type: 'break' } as const] : []),
    ...elementsIn(row).flatMap((cell, at): PhrasingContent[] => [
      ...(at ? [{ type: 'text', value: ' | ' } as const] : []),
      {
        type: 'text',
        value: wordsOf(state.all(cell) as Content)
          .replace(/\s+/g, ' ')
          .trim(),
      },
    ]),
  ])
}

const elementsIn = ({ children }: Element): Element[] =>
  (children as ElementContent[]).filter((child) => child.type === 'element')

const wordsOf = (nodes: (Content[number] | PhrasingContent)[]): string =>
  nodes
    .map((node) =>
      'value' in node ? node.value : 'children' in node ? wordsOf(node.children as Content) : '',
    )
    .join('')

const blocks = new Set(['paragraph', 'list', 'blockquote', 'code', 'heading', 'table'])
const isBlock = ({ type }: RootContent): boolean => blocks.has(type)

/** What a style says of something. */
const styled = ({ properties }: Element, name: string) =>
  RegExp(`${name}:\\s*(\\w+)`).exec(String(properties.style ?? ''))?.[1]

function isBold(node: Element): boolean {
  const weight = styled(node, 'font-weight')
  return weight ? /^(bold|[6-9]00)/.test(weight) : /^(b|strong)$/.test(node.tagName)
}

function isItalic(node: Element): boolean {
  const font = styled(node, 'font-style')
  return font ? font === 'italic' : /^(i|em)$/.test(node.tagName)
}

/** Takes away form within the same form, which Markdown would close by it; what is empty; and lists' wide spacing. */
function tidied<Node extends Root | RootContent>(node: Node, within: string[] = []): Node {
  if (!('children' in node)) return node
  const children = (node.children as Content).flatMap((child): Content => {
    const isForm = child.type === 'strong' || child.type === 'emphasis'
    const made = tidied(child, isForm ? [...within, child.type] : within)
    if (within.includes(child.type)) return (made as PhrasingContent & { children: Content }).children
    return child.type === 'paragraph' && !wordsOf([child]).trim() ? [] : [made]
  })
  const spread = node.type === 'listItem' && children.filter(({ type }) => type === 'paragraph').length > 1
  return { ...node, children: children as BlockContent[], ...('spread' in node && { spread }) }
}

const style: Options = {
  bullet: '-',
  listItemIndent: 'one',
  handlers: {
    break: () => '\n',
    link(node, _, state, info) {
      const words = state.containerPhrasing(node, info)
      if (wordsOf(node.children) === node.url) return node.url
      return `[${words}](${node.url.replace(/[\\()]/g, '\\$&').replace(/\s/g, '%20')})`
    },
  },
}
