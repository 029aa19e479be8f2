import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

/** Every element of a page as a browser without scripts would build it, those in templates too. */
export function elementsOf(html: string): Element[] {
  if (latest.html !== html) latest = { html, elements: read(html) }
  return latest.elements
}

/** A page is looked at from several sides in turn. */
let latest: { html: string; elements: Element[] } = { html: '', elements: [] }

function read(html: string): Element[] {
  const whole = /^<!doctype/i.test(html)
  return within(
    whole ? parse(html, { scriptingEnabled: false }) : parseFragment(html, { scriptingEnabled: false }),
  )
}

/** An element and all elements in it, those in templates too. */
export function within(node: Node): Element[] {
  const children = 'content' in node ? node.content.childNodes : 'childNodes' in node ? node.childNodes : []
  return [...('tagName' in node ? [node] : []), ...children.flatMap(within)]
}

/** All text in an element. */
export function textOf(node: Node): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}

export const attribute = ({ attrs }: Element, name: string) => attrs.find((one) => one.name === name)?.value

/** The data blocks of a page, by type. */
export const blocksOf = (html: string) =>
  elementsOf(html)
    .filter(({ tagName }) => tagName === 'script')
    .map((script) => [attribute(script, 'type'), textOf(script)] as const)

const addresses = ['href', 'src', 'action', 'formaction', 'data', 'poster', 'srcset', 'background', 'ping']

/**
 * What a page consists of, apart from its texts: each element with the names of its attributes, the sheets it brings,
 * and what no text may ever become.
 */
export function skeletonOf(html: string): Set<string> {
  const parts = elementsOf(html).flatMap((element) => {
    const { tagName, attrs, namespaceURI } = element
    const names = attrs.map(({ name }) => name).sort()
    return [
      `${namespaceURI === 'http://www.w3.org/1999/xhtml' ? '' : namespaceURI}${tagName} ${names}`,
      ...(tagName === 'style' ? [textOf(element)] : []),
      ...attrs.flatMap(({ name, value }) => {
        if (name.startsWith('on')) return [`handler ${name}`]
        if (name === 'style' && !/^--hue:\s?[\d. ]+;$/.test(value)) return [`styled ${value}`]
        if (addresses.includes(name) && !isHarmless(value)) return [`address ${value}`]
        return []
      }),
    ]
  })
  return new Set(parts)
}

/** A page's own addresses are relative, since the product may stand in a folder of its host. */
const isHarmless = (address: string) =>
  /^(https?:\/\/[^@\\\s]+$|mailto:|#comment-[\w-]{36}$|#body-$|(\.\.)?\/(t|embed|v1\/sites)\/[^\\\s]+$|\.\/[^\\\s]*$|\?[^\\\s]+$)/.test(
    address,
  )
