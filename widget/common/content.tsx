import type { VNode } from 'preact'
import type { ContentNode } from '../../worker/contract.ts'

const tags = {
  paragraph: 'p',
  emphasis: 'em',
  strong: 'strong',
  quote: 'blockquote',
  item: 'li',
} as const

/** Vnodes of a safe tree. Text stays text and elements come from a fixed list: no markup is ever parsed. */
export function Content({ nodes }: { nodes: ContentNode[] }) {
  return <>{nodes.map(vnode)}</>
}

function vnode(node: ContentNode): VNode | string | null {
  if (typeof node === 'string') return node
  switch (node.type) {
    case 'break':
      return <br />
    case 'code':
      return <code>{node.text}</code>
    case 'codeBlock':
      return (
        <pre>
          <code>{node.text}</code>
        </pre>
      )
    case 'list': {
      const List = node.ordered ? 'ol' : 'ul'
      return <List start={node.start}>{node.children.map(vnode)}</List>
    }
    case 'link':
      return /^(https?|mailto):/i.test(node.href) ? (
        <a href={node.href} rel="nofollow ugc noopener" target="_blank">
          {node.children.map(vnode)}
        </a>
      ) : (
        <>{node.children.map(vnode)}</>
      )
    default: {
      if (!Object.hasOwn(tags, node.type)) return null
      const Tag = tags[node.type]
      return <Tag>{node.children.map(vnode)}</Tag>
    }
  }
}
