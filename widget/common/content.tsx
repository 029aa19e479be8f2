import type { ComponentChildren, VNode } from 'preact'
import type { ContentNode } from '../../worker/contract/content.ts'

const tags = {
  paragraph: 'p',
  emphasis: 'em',
  strong: 'strong',
  quote: 'blockquote',
  item: 'li',
  code: 'code',
  break: 'br',
} as const

/** Vnodes of a safe tree. Text stays text and elements come from a fixed list: no markup is ever parsed. */
export function Content({ nodes }: { nodes: ContentNode[] }): ComponentChildren {
  return nodes.map(vnode)
}

/** A link that passes on nothing; only its words where it leads to anything but the web or a mailbox. */
export function Link({
  href,
  children,
}: {
  href: string | null
  children: ComponentChildren
}): ComponentChildren {
  return /^(https?|mailto):/i.test(href ?? '') ? (
    <a href={href ?? ''} rel="nofollow ugc noopener" target="_blank">
      {children}
    </a>
  ) : (
    children
  )
}

function vnode(node: ContentNode): VNode | string | null {
  if (typeof node === 'string') return node
  const inside = 'children' in node ? node.children.map(vnode) : 'text' in node && node.text
  switch (node.type) {
    case 'link':
      return <Link href={node.href}>{inside}</Link>
    case 'list': {
      const List = node.ordered ? 'ol' : 'ul'
      return <List start={node.start}>{inside}</List>
    }
    case 'codeBlock':
      return (
        <pre>
          <code>{inside}</code>
        </pre>
      )
  }
  if (!Object.hasOwn(tags, node.type)) return null
  const Tag = tags[node.type]
  return <Tag>{inside}</Tag>
}
