import type { ContentNode } from '../../../worker/contract/content.ts'

/** Where the links of a comment lead: their hosts as browsers write them, each once, in order. */
export function linkHosts(nodes: ContentNode[]): string[] {
  const hosts = new Set<string>()
  const look = (node: ContentNode) => {
    if (typeof node === 'string' || !('children' in node)) return
    if (node.type === 'link') hosts.add(hostOf(node.href))
    node.children.forEach(look)
  }
  nodes.forEach(look)
  return [...hosts].filter(Boolean)
}

/** `mailto:` has the domain of its address. */
function hostOf(href: string): string {
  const url = URL.parse(href)
  const host = url?.protocol === 'mailto:' ? (url.pathname.split('@')[1] ?? '') : (url?.hostname ?? '')
  return host.replace(/^www\./, '')
}
