import { render as preactRender } from 'preact'
import { describe, expect, it } from 'vitest'
import { Content } from '../../../widget/common/content.tsx'
import type { ContentNode } from '../../../worker/contract/content.ts'

const tree = (...nodes: unknown[]) => nodes as ContentNode[]

function drawn(nodes: ContentNode[]): HTMLElement {
  const root = document.createElement('div')
  preactRender(<Content nodes={nodes} />, root)
  return root
}

describe('Content', () => {
  it('makes elements of every kind of node', () => {
    const nodes = tree(
      { type: 'paragraph', children: ['a ', { type: 'strong', children: ['b'] }, { type: 'break' }, 'c'] },
      { type: 'quote', children: [{ type: 'paragraph', children: [{ type: 'emphasis', children: ['d'] }] }] },
      { type: 'list', ordered: true, start: 3, children: [{ type: 'item', children: ['e'] }] },
      {
        type: 'list',
        ordered: false,
        children: [{ type: 'item', children: [{ type: 'code', text: '<f>' }] }],
      },
      { type: 'codeBlock', text: 'g\n' },
    )
    expect(drawn(nodes).innerHTML).toBe(
      '<p>a <strong>b</strong><br>c</p><blockquote><p><em>d</em></p></blockquote>' +
        '<ol start="3"><li>e</li></ol><ul><li><code>&lt;f&gt;</code></li></ul><pre><code>g\n</code></pre>',
    )
  })

  it('keeps links from passing on anything', () => {
    const link = drawn(tree({ type: 'link', href: 'https://a.example/?b=c', children: ['x'] })).querySelector(
      'a',
    )
    expect(link?.getAttribute('href')).toBe('https://a.example/?b=c')
    expect(link?.rel).toBe('nofollow ugc noopener')
  })

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'java\nscript:alert(1)',
    '\u0000javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'blob:https://a.example/1',
    'file:///etc/passwd',
    '//evil.example',
    '/relative',
    '',
  ])('leaves %j as text', (href) => {
    const root = drawn(tree({ type: 'link', href, children: ['words'] }))
    expect(root.querySelector('a')).toBeNull()
    expect(root.textContent).toBe('words')
  })

  it.each([
    ['markup in text', '<img src=x onerror=alert(1)>'],
    ['markup in code', { type: 'code', text: '</code><script>alert(1)</script>' }],
    ['an unknown type', { type: 'script', children: ['alert(1)'] }],
    ['a type that is a tag', { type: 'iframe', href: 'javascript:alert(1)', children: [] }],
    ['a type that every object has', { type: 'constructor', children: ['x'] }],
    ['a prototype', { type: '__proto__', children: ['x'] }],
    ['attributes', { type: 'paragraph', onclick: 'alert(1)', style: 'x', children: ['x'] }],
    ['a raw element', { type: 'paragraph', children: [{ type: 'img', props: { onerror: 'alert(1)' } }] }],
    [
      'inner markup',
      { type: 'paragraph', dangerouslySetInnerHTML: { __html: '<b onclick=alert(1)>' }, children: [] },
    ],
  ])('makes nothing active of %s', (_what, node) => {
    const root = drawn(tree(node))
    for (const element of root.querySelectorAll('*')) {
      expect(['p', 'code', 'pre', 'em', 'strong']).toContain(element.localName)
      expect(element.getAttributeNames()).toEqual([])
    }
  })
})
