import {
  type DefaultTreeAdapterMap,
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  parseFragment,
  Tokenizer,
  TokenizerMode,
  type TreeAdapter,
} from 'parse5'

export type HtmlNode = DefaultTreeAdapterTypes.ChildNode
export type HtmlElement = DefaultTreeAdapterTypes.Element

/** Elements within each other, and elements of all, that are made a tree of. */
const deepest = 100
const mostElements = 20_000

class TooMuch extends Error {}

/**
 * HTML as browsers parse it (https://html.spec.whatwg.org/multipage/parsing.html). Null where it nests so deep or has so
 * many elements that it is no comment: the standard's algorithm takes time by the square of either.
 */
export function parsed(html: string): HtmlNode[] | null {
  try {
    return parseFragment(html, { scriptingEnabled: false, treeAdapter: boundedAdapter() }).childNodes
  } catch (error) {
    if (error instanceof TooMuch) return null
    throw error
  }
}

function boundedAdapter(): TreeAdapter<DefaultTreeAdapterMap> {
  let depth = 0
  let elements = 0
  return {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      if (++elements > mostElements) throw new TooMuch()
      return defaultTreeAdapter.createElement(name, namespace, attributes)
    },
    onItemPush() {
      if (++depth > deepest) throw new TooMuch()
    },
    onItemPop() {
      depth--
    },
  }
}

/** The text of HTML of any form, with line ends for its tags of blocks and breaks. */
export function textOfTags(html: string): string {
  let text = ''
  let hidden = ''
  let isSeparated = true
  const add = ({ chars }: { chars: string }) => {
    if (hidden) return
    text += chars
    isSeparated = false
  }
  const separate = ({ tagName }: { tagName: string }) => {
    if (tagName === 'br') text += '\n'
    if (isSeparated || !/^(p|div|li|tr|pre|blockquote|h[1-6])$/.test(tagName)) return
    text += '\n\n'
    isSeparated = true
  }
  const tokenizer = new Tokenizer(
    {},
    {
      onCharacter: add,
      onWhitespaceCharacter: add,
      onNullCharacter() {},
      onStartTag(tag) {
        separate(tag)
        if (!/^(script|style)$/.test(tag.tagName)) return
        hidden = tag.tagName
        tokenizer.state = TokenizerMode.RAWTEXT
      },
      onEndTag(tag) {
        separate(tag)
        if (tag.tagName === hidden) hidden = ''
      },
      onComment() {},
      onDoctype() {},
      onEof() {},
    },
  )
  tokenizer.write(html, true)
  return text
}

/** An attribute of an element, or nothing. */
export const attributeOf = (element: HtmlElement, name: string): string =>
  element.attrs.find((attribute) => attribute.name === name)?.value ?? ''

/** All text in some nodes, as it stands in the source; breaks are line ends. */
export function textIn(nodes: readonly HtmlNode[]): string {
  let text = ''
  for (const node of nodes) {
    if ('value' in node) text += node.value
    else if (node.nodeName === 'br') text += '\n'
    else if ('childNodes' in node) text += textIn(node.childNodes)
  }
  return text
}
