import type { ContentNode } from '../../contract/content.ts'
import { addressOf, blocks, code, dropped, embedded, isEmoji } from './elements.ts'
import { codeLeaf, formatted, withLink } from './leaves.ts'
import { attributeOf, type HtmlElement, type HtmlNode, parsed, textIn, textOfTags } from './parsed.ts'
import { type Format, type Leaf, paragraphsOf } from './phrasing.ts'

/** How HTML is to be understood. */
export interface HtmlOptions {
  /** Line ends in text count, as in what people type into WordPress. */
  lines?: boolean
  /** The address of its page, to which paths are relative. */
  base?: string | undefined
}

/** Quotes, and lists twice, within each other: what our Markdown shows as such. */
const deepest = 12

/**
 * The tree of what our Markdown can have of some HTML: its paragraphs, quotes, lists, code, links and emphasis. All other
 * text is there as text. Pictures are links, those of emoji their text. Scripts and styles go.
 */
export function contentOfHtml(html: string, options: HtmlOptions): ContentNode[] {
  const tree = parsed(html)
  const flow = new Flow(options, 0)
  if (tree) flow.add(tree, [])
  else flow.addText(textOfTags(html), [], true)
  return flow.ended()
}

/** Blocks that come one after the other. */
class Flow {
  readonly #options: HtmlOptions
  readonly #depth: number
  readonly #blocks: ContentNode[] = []
  #leaves: Leaf[] = []
  /** Within a row of a table all is on one line. */
  #inRow = false

  constructor(options: HtmlOptions, depth: number) {
    this.#options = options
    this.#depth = depth
  }

  add(nodes: readonly HtmlNode[], formats: readonly Format[]): void {
    for (const node of nodes) {
      if ('value' in node) this.addText(node.value, formats, this.#options.lines)
      else if ('tagName' in node && !dropped.has(node.tagName)) this.#element(node, formats)
    }
  }

  addText(text: string, formats: readonly Format[], lines = false): void {
    if (!lines || this.#inRow) {
      this.#leaves.push({ formats, node: text })
      return
    }
    // A line end after a break is that break's.
    const last = this.#leaves.at(-1)?.node
    const isAfterBreak = typeof last === 'object' && last.type === 'break'
    const parts = (isAfterBreak ? text.replace(/^[ \t]*\r?\n/, '') : text).split(/\r\n?|\n/)
    for (const [at, part] of parts.entries()) {
      if (at > 0) this.#leaves.push({ formats: [], node: { type: 'break' } })
      if (part) this.#leaves.push({ formats, node: part })
    }
  }

  /** The blocks, of which no more will come. */
  ended(): ContentNode[] {
    this.#endParagraph()
    return this.#blocks
  }

  #endParagraph(): void {
    this.#blocks.push(...paragraphsOf(this.#leaves))
    this.#leaves = []
  }

  #boundary(): void {
    if (this.#inRow) this.#leaves.push({ formats: [], node: ' ' })
    else this.#endParagraph()
  }

  #element(element: HtmlElement, formats: readonly Format[]): void {
    const { tagName: name, childNodes } = element
    if (name === 'br' && !this.#inRow) this.#leaves.push({ formats: [], node: { type: 'break' } })
    else if (name === 'br' || name === 'hr') this.#boundary()
    else if (name === 'pre' || name === 'listing' || name === 'xmp') this.#codeBlock(childNodes, formats)
    else if (code.has(name)) this.#code(childNodes, formats)
    else if (name === 'img') this.#picture(element, formats)
    else if (embedded.has(name)) this.#embedded(element, formats)
    else if (name === 'a') this.add(childNodes, withLink(formats, this.#address(element, 'href')))
    else if (name === 'blockquote' && this.#hasRoom(1)) this.#quote(childNodes, formats)
    else if (/^[uo]l$/.test(name) && this.#hasRoom(2)) this.#list(element, formats)
    else if (name === 'tr' && !this.#inRow) this.#row(element, formats)
    else if (/^([uo]l|blockquote|table)$/.test(name)) this.#block(childNodes, formats)
    else if (name === 'q') this.#wrapped('"', element, '"', formats)
    else if (name === 'rt') this.#wrapped('(', element, ')', formats)
    else if (blocks.has(name)) this.#block(childNodes, formatted(formats, name))
    else this.add(childNodes, formatted(formats, name))
  }

  #hasRoom(deeper: number): boolean {
    return !this.#inRow && this.#depth + deeper <= deepest
  }

  #block(nodes: readonly HtmlNode[], formats: readonly Format[]): void {
    this.#boundary()
    this.add(nodes, formats)
    this.#boundary()
  }

  #wrapped(before: string, { childNodes }: HtmlElement, after: string, formats: readonly Format[]): void {
    this.#leaves.push({ formats, node: before })
    this.add(childNodes, formats)
    this.#leaves.push({ formats, node: after })
  }

  #code(nodes: readonly HtmlNode[], formats: readonly Format[]): void {
    const text = textIn(nodes)
    if (this.#options.lines && text.trim().includes('\n')) this.#codeBlock(nodes, formats)
    else this.#leaves.push(codeLeaf(text, formats))
  }

  #codeBlock(nodes: readonly HtmlNode[], formats: readonly Format[]): void {
    const text = textIn(nodes).replace(/\r\n?|[\u2028\u2029]/g, '\n')
    if (this.#inRow) this.#leaves.push(codeLeaf(text, formats))
    else if (text.trim()) {
      this.#endParagraph()
      this.#blocks.push({ type: 'codeBlock', text })
    }
  }

  #picture(element: HtmlElement, formats: readonly Format[]): void {
    const alt = attributeOf(element, 'alt').trim()
    const src = attributeOf(element, 'src')
    const address = this.#address(element, 'src')
    const text = alt || attributeOf(element, 'title').trim()
    if (!address || isEmoji({ alt, src, className: attributeOf(element, 'class') }))
      this.#leaves.push({ formats, node: text })
    else this.#leaves.push({ formats: withLink(formats, address), node: text || address })
  }

  #embedded(element: HtmlElement, formats: readonly Format[]): void {
    const inner = element.childNodes.filter((node) => node.nodeName === 'source') as HtmlElement[]
    const [address] = [element, ...inner].map((one) => this.#address(one, 'src')).filter((one) => one)
    if (address) this.#leaves.push({ formats: withLink(formats, address), node: address })
  }

  #quote(nodes: readonly HtmlNode[], formats: readonly Format[]): void {
    this.#endParagraph()
    const children = this.#inner(1, nodes, formats)
    if (children.length > 0) this.#blocks.push({ type: 'quote', children })
  }

  #list({ tagName, childNodes, ...element }: HtmlElement, formats: readonly Format[]): void {
    this.#endParagraph()
    // What stands beside the items belongs to the one before it.
    const items: HtmlNode[][] = []
    for (const child of childNodes) {
      if (child.nodeName === 'li' && 'childNodes' in child) items.push([...child.childNodes])
      else if (!('value' in child) || child.value.trim()) {
        if (items.length === 0) items.push([])
        items.at(-1)?.push(child)
      }
    }
    const children = items.map((nodes): ContentNode => {
      return { type: 'item', children: this.#inner(2, nodes, formats) }
    })
    if (children.length === 0) return
    const start = Number(element.attrs.find(({ name }) => name === 'start')?.value ?? 1)
    const ordered = tagName === 'ol'
    const isCounted = ordered && Number.isInteger(start) && start >= 0 && start < 1e9 && start !== 1
    this.#blocks.push({ type: 'list', ordered, ...(isCounted && { start }), children })
  }

  #inner(deeper: number, nodes: readonly HtmlNode[], formats: readonly Format[]): ContentNode[] {
    const flow = new Flow(this.#options, this.#depth + deeper)
    flow.add(nodes, formats)
    return flow.ended()
  }

  /** A row of a table is a line, with bars between its cells. */
  #row({ childNodes }: HtmlElement, formats: readonly Format[]): void {
    if (this.#leaves.length > 0) this.#leaves.push({ formats: [], node: { type: 'break' } })
    this.#inRow = true
    const cells = childNodes.filter((node) => 'tagName' in node) as HtmlElement[]
    for (const [at, cell] of cells.entries()) {
      if (at > 0) this.#leaves.push({ formats: [], node: ' | ' })
      this.add(cell.childNodes, formatted(formats, cell.tagName))
    }
    this.#inRow = false
  }

  #address(element: HtmlElement, attribute: string): string | null {
    const address = attributeOf(element, attribute)
    return address ? addressOf(address, this.#options.base) : null
  }
}
