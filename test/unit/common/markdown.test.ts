import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentOf, linksOf } from '../../../widget/common/markdown.ts'
import type { ContentNode } from '../../../worker/contract/content.ts'

const paragraph = (...children: ContentNode[]): ContentNode => ({ type: 'paragraph', children })
const strong = (text: string): ContentNode => ({ type: 'strong', children: [text] })
const link = (href: string, text = href): ContentNode => ({ type: 'link', href, children: [text] })

const bytesOf = (text: string) => new TextEncoder().encode(text).length

/** The text of a tree, without its structure. */
function textOf(nodes: ContentNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node
      if ('text' in node) return node.text
      return node.type === 'break' ? '\n' : textOf(node.children)
    })
    .join('')
}

describe('Markdown becomes a small tree', () => {
  it.each<[string, ContentNode[]]>([
    ['plain', [paragraph('plain')]],
    ['one\ntwo', [paragraph('one', { type: 'break' }, 'two')]],
    ['一行目\n\n二行目', [paragraph('一行目'), paragraph('二行目')]],
    [
      '*a* **b** `c`',
      [
        paragraph({ type: 'emphasis', children: ['a'] }, ' ', { type: 'strong', children: ['b'] }, ' ', {
          type: 'code',
          text: 'c',
        }),
      ],
    ],
    ['> quoted', [{ type: 'quote', children: [paragraph('quoted')] }]],
    [
      '- a\n- b',
      [
        {
          type: 'list',
          ordered: false,
          children: [
            { type: 'item', children: [paragraph('a')] },
            { type: 'item', children: [paragraph('b')] },
          ],
        },
      ],
    ],
    [
      '3. c',
      [{ type: 'list', ordered: true, start: 3, children: [{ type: 'item', children: [paragraph('c')] }] }],
    ],
    ['```js\na < b\n```', [{ type: 'codeBlock', text: 'a < b\n' }]],
    ['[x](https://a.example/)', [paragraph(link('https://a.example/', 'x'))]],
    ['see https://a.example/b.', [paragraph('see ', link('https://a.example/b'), '.')]],
    [
      'https://a.example/日本語を見て',
      [
        paragraph(
          link(
            'https://a.example/%E6%97%A5%E6%9C%AC%E8%AA%9E%E3%82%92%E8%A6%8B%E3%81%A6',
            'https://a.example/日本語を見て',
          ),
        ),
      ],
    ],
    ['<m@a.example>', [paragraph(link('mailto:m@a.example', 'm@a.example'))]],
    ['# not a heading', [paragraph('# not a heading')]],
    ['![alt](https://a.example/i.png)', [paragraph('!', link('https://a.example/i.png', 'alt'))]],
    ['<b>bold</b> & &amp; &#106;', [paragraph('<b>bold</b> & &amp; &#106;')]],
    [
      '[x]: https://a.example\n\n[x]',
      [paragraph('[x]: ', link('https://a.example/', 'https://a.example')), paragraph('[x]')],
    ],
    ['これは**「重要」**です', [paragraph('これは', strong('「重要」'), 'です')]],
    ['**注意。**次の文', [paragraph(strong('注意。'), '次の文')]],
    ['这是**“重点”**。对吗', [paragraph('这是', strong('“重点”'), '。对吗')]],
    ['이것은**(중요)**합니다', [paragraph('이것은', strong('(중요)'), '합니다')]],
    ['a*「強調」*b', [paragraph('a', { type: 'emphasis', children: ['「強調」'] }, 'b')]],
    ['**(a)**b', [paragraph('**(a)**b')]],
    ['~~gone~~', [paragraph('~~gone~~')]],
    [
      '- [ ] a\n- [x] b',
      [
        {
          type: 'list',
          ordered: false,
          children: ['[ ] a', '[x] b'].map((text) => ({ type: 'item', children: [paragraph(text)] })),
        },
      ],
    ],
    [
      '| a | b |\n|---|:-:|\n| **1** | `x` |\n| 2 |',
      [
        paragraph(
          ...[
            '| a | b |',
            { type: 'break' } as const,
            '| ',
            strong('1'),
            ' | ',
            { type: 'code', text: 'x' } as const,
          ],
          ...[' |', { type: 'break' } as const, '| 2 |'],
        ),
      ],
    ],
    ['a | b\n--|--\n1 | 2', [paragraph('a | b', { type: 'break' }, '1 | 2')]],
    ['|--|\nx\n|--|', [paragraph('|--|', { type: 'break' }, 'x', { type: 'break' }, '|--|')]],
    ['see www.a.example.', [paragraph('see ', link('https://www.a.example/', 'www.a.example'), '.')]],
    [
      '(www.a.example/b_(c))。',
      [paragraph('(', link('https://www.a.example/b_(c)', 'www.a.example/b_(c)'), ')。')],
    ],
    [
      'https://xn--80ak6aa92e.com/',
      [paragraph(link('https://xn--80ak6aa92e.com/', 'https://xn--80ak6aa92e.com/'))],
    ],
    ['WWW.a.example?x=1', [paragraph(link('https://www.a.example/?x=1', 'WWW.a.example?x=1'))]],
    ['www.a www. m@www.a.example xwww.a.example', [paragraph('www.a www. m@www.a.example xwww.a.example')]],
    ['http://www.a.example', [paragraph(link('http://www.a.example/', 'http://www.a.example'))]],
    ['`www.a.example` a.example', [paragraph({ type: 'code', text: 'www.a.example' }, ' a.example')]],
  ])('%j', (source, tree) => {
    expect(contentOf(source)).toEqual(tree)
  })

  it('shows text as it was typed', () => {
    for (const source of [
      'a < b && c > d',
      '5 * 3 * 2',
      'snake_case_name',
      '<script>',
      '100% "quoted" ‘x’ --- ...',
    ])
      expect(textOf(contentOf(source))).toBe(source)
  })

  it('takes at most three times the bytes of a long source, and 8 kB of a short one', () => {
    const parts = [
      '*a* ',
      '**a**',
      '`a` ',
      '[a](http://b.c) ',
      '<http://b.c> ',
      'http://b.c ',
      '- a\n',
      '1. a\n',
    ]
    parts.push(
      '> a\n\n',
      '|a|b|\n',
      'a\n',
      'a\n\n',
      '  - a\n',
      '    a\n\n',
      '```\n```\n',
      '*強*',
      '***a*b**',
      '"',
      '語',
    )
    const mixed = (length: number) =>
      Array.from({ length }, () => parts[Math.floor(Math.random() * parts.length)])
    for (const length of [30, 300, 2000]) {
      const sources = [
        ...parts.map((part) => part.repeat(length)),
        ...Array.from({ length: 5 }, () => mixed(length).join('')),
      ]
      for (const source of sources) {
        const tree = contentOf(source)
        expect(bytesOf(JSON.stringify(tree))).toBeLessThanOrEqual(Math.max(8000, 3 * bytesOf(source)))
        expect(bytesOf(JSON.stringify(tree))).toBeLessThan(260_000)
      }
    }
  })

  it('keeps the form of a comment that is not long, however much of it is marked', () => {
    const links = Array.from(
      { length: 30 },
      (_, i) => `- https://a.example/some/page/of/a/handbook?number=${i}`,
    ).join('\n')
    const list = '- **milk**, *eggs*\n'.repeat(40)
    for (const source of [links, list, '`a` '.repeat(250)])
      expect(contentOf(source)).not.toEqual([{ type: 'codeBlock', text: source }])
  })

  it('gives up nesting where it gets silly, and keeps the text', () => {
    for (const source of [
      `${'> '.repeat(5000)}deep`,
      `${'- '.repeat(3000)}deep`,
      `${'['.repeat(20_000)}deep`,
      `${'*'.repeat(20_000)}deep`,
    ]) {
      const tree = contentOf(source)
      expect(depth(tree)).toBeLessThan(40)
      expect(JSON.stringify(tree)).toContain('deep')
    }
  })
})

const depth = (nodes: ContentNode[]): number =>
  1 +
  Math.max(
    0,
    ...nodes.map((node) => (typeof node === 'object' && 'children' in node ? depth(node.children) : 0)),
  )

/** A few of each kind; the whole collection is run where it is at hand. */
const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:msgbox(1))',
  '<javascript:alert(1)>',
  '[x]: javascript:alert(1)\n\n[x]',
  '![x](javascript:alert(1))',
  '[x](https://good.example@evil.example)',
  '[x](https://a.example "onmouseover=alert(1)")',
  '<https://a.example/" onmouseover="alert(1)>',
  '[\u202ejavascript](\u0001javascript:alert(1))',
]
const collection = join(import.meta.dirname, '../../../../shared/corpora/xss.json')
const strings: string[] = existsSync(collection)
  ? [...hostile, ...JSON.parse(readFileSync(collection, 'utf8'))]
  : hostile

it('shows a source of very many parts as the text it is', () => {
  const source = '- \n'.repeat(3000)
  expect(contentOf(source)).toEqual([{ type: 'codeBlock', text: source }])
})

describe('Hostile text', () => {
  it('makes nothing but allowed nodes and safe links', () => {
    const types = new Set<string>()
    const strange: string[] = []
    const visit = (node: ContentNode): void => {
      if (typeof node === 'string') return
      types.add(node.type)
      const known = ['type', 'children', 'text', 'href', 'ordered', 'start']
      strange.push(...Object.keys(node).filter((key) => !known.includes(key)))
      if ('children' in node) node.children.forEach(visit)
    }
    for (const text of strings) {
      for (const source of [text, `[x](${text})`, `<${text}>`, `> ${text}`]) {
        const tree = contentOf(source)
        tree.forEach(visit)
        strange.push(...linksOf(tree).filter((href) => !/^(https?:\/\/[^@/]*([/?#]|$)|mailto:)/.test(href)))
      }
    }
    expect(strange).toEqual([])
    const allowed = [
      'paragraph',
      'emphasis',
      'strong',
      'quote',
      'item',
      'link',
      'list',
      'code',
      'codeBlock',
      'break',
    ]
    expect([...types].filter((type) => !allowed.includes(type))).toEqual([])
  }, 60_000)
})
