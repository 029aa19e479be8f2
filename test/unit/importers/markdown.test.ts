import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentOf, linksOf, textOf } from '../../../widget/common/markdown.ts'
import type { ContentNode } from '../../../worker/contract/content.ts'
import { markdownBody, markdownOfHtml as markdownOf } from '../../../worker/importers/markdown.ts'

/** What readers see, without spaces: where lines and paragraphs end is asserted apart. */
const seen = (markdown: string) => textOf(contentOf(markdown)).replace(/\s+/g, '')

const typesIn = (nodes: ContentNode[]): string[] =>
  nodes.flatMap((node) =>
    typeof node === 'string' ? [] : [node.type, ...('children' in node ? typesIn(node.children) : [])],
  )

describe('HTML becomes Markdown', () => {
  const cases: [what: string, html: string, markdown: string][] = [
    ['paragraphs', '<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['blocks without tags of their own', '<div>One<div>Two</div>Three</div>', 'One\n\nTwo\n\nThree'],
    ['line breaks', 'One<br>Two<br />\nThree', 'One\nTwo\nThree'],
    ['two line breaks as an empty line', 'One<br><br>Two', 'One\n\nTwo'],
    ['line ends that are spaces', '<p>One\n  two</p>', 'One two'],
    ['emphasis', 'a <b>bold</b> and <em>soft</em> word', 'a **bold** and *soft* word'],
    ['emphasis in a word', 'un<i>frigging</i>believable', 'un*frigging*believable'],
    ['emphasis over paragraphs', '<b>One<p>Two</p></b>', '**One**\n\n**Two**'],
    ['emphasis within the same', '<b>a <strong>b</strong> c</b>', '**a b c**'],
    ['emphasis that begins by a space', 'a<b> b </b>c', 'a **b** c'],
    ['emphasis beside the same', '<b>a</b> <b>b</b>', '**a b**'],
    ['nested emphasis', '<b>a <i>b</i></b>', '**a *b***'],
    ['Japanese emphasis', 'これは<b>「重要」</b>です', 'これは**「重要」**です'],
    ['emphasis that Markdown cannot have', 'a<b>(b)</b>c', 'a(b)c'],
    ['headings', '<h2>Title</h2>Text', '**Title**\n\nText'],
    ['links', '<a href="https://a.example/b">words</a>', '[words](https://a.example/b)'],
    [
      'links that are shown',
      '<a href="https://a.example/b">https://a.example/b</a>',
      '<https://a.example/b>',
    ],
    ['links of pages', '<a href="/b?c">words</a>', '[words](https://page.example/b?c)'],
    [
      'links with brackets',
      '<a href="https://a.example/(b)">[1]</a>',
      '[\\[1\\]](https://a.example/\\(b\\))',
    ],
    ['scripts as links', '<a href="javascript:alert(1)">words</a>', 'words'],
    ['bare links with low lines', 'see https://a.example/_b_/c.', 'see <https://a.example/_b_/c>.'],
    ['code', 'use <code>a*b</code>', 'use `a*b`'],
    [
      'code with backticks',
      '<code>a`b</code> <code>``</code>',
      '`` a`b `` ``` `` ```'.replace('`` a`b ``', '``a`b``'),
    ],
    ['code in lines', '<pre><code>a\n  b &lt;c&gt;\n</code></pre>', '```\na\n  b <c>\n```'],
    ['code with fences', '<pre>```\na</pre>', '````\n```\na\n````'],
    ['quotes', '<blockquote>One<br>two<p>Three</p></blockquote>Four', '> One\n> two\n>\n> Three\n\nFour'],
    ['lists', '<ul><li>One<li>Two<ol start=3><li>Three</ol></ul>', '- One\n- Two\n\n  3. Three'],
    ['two lists', '<ul><li>a</ul><ul><li>b</ul>', '- a\n\n* b'],
    ['items with paragraphs', '<ol><li><p>a</p><p>b</p></li></ol>', '1. a\n\n   b'],
    [
      'tables',
      '<table><tr><th>a<th>b<tr><td>c<td><a href="https://d.example">d</a></table>',
      '**a** | **b**\nc | [d](https://d.example)',
    ],
    [
      'emoji',
      'Hi <img src="https://s.w.org/images/core/emoji/1.png" alt="🙂" class="wp-smiley"> there',
      'Hi 🙂 there',
    ],
    [
      'stickers',
      '<img class="tk-owo-emotion" src="https://a.example/b.png" alt=":tv_doge:">',
      ':tv\\_doge:'.replace('\\_', '_'),
    ],
    ['pictures', '<img src="https://a.example/b.png" alt="A cat">', '[A cat](https://a.example/b.png)'],
    ['pictures without words', '<img src="https://a.example/b.png">', '<https://a.example/b.png>'],
    [
      'pictures in links',
      '<a href="https://a.example"><img src="https://a.example/b.png" alt="cat"></a>',
      '[cat](https://a.example)',
    ],
    ['films', '<iframe src="https://a.example/film"></iframe>', '<https://a.example/film>'],
    ['scripts', 'a<script>alert(1)</script><style>b{}</style>c<!-- d -->', 'ac'],
    ['readings of signs', '<ruby>漢<rp>（</rp><rt>かん</rt><rp>）</rp></ruby>', '漢(かん)'],
    ['nothing', '<p> <br></p>', ''],
  ]
  it.each(cases)('%s', (_, html, markdown) => {
    expect(markdownOf(html, { base: 'https://page.example/a/' })).toBe(markdown)
  })

  const typed: [what: string, html: string, markdown: string][] = [
    ['line ends', 'One\ntwo\r\n\r\nThree', 'One\ntwo\n\nThree'],
    ['a line end after a break once', 'One<br />\ntwo', 'One\ntwo'],
    [
      'line ends around blocks as nothing',
      'One\n\n<blockquote>\nTwo\n</blockquote>\n\nThree',
      'One\n\n> Two\n\nThree',
    ],
    ['emphasis over an empty line', '<em>One\n\ntwo</em>', '*One*\n\n*two*'],
    ['code in lines', 'Try\n<code>a\n  b</code>\nnow', 'Try\n\n```\na\n  b\n```\n\nnow'],
    ['lists with line ends', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>', '- a\n- b'],
  ]
  it.each(typed)('as it was typed: %s', (_, html, markdown) => {
    expect(markdownOf(html, { lines: true })).toBe(markdown)
  })
})

it('Only HTML becomes Markdown, as its system had it', () => {
  const page = { address: 'https://page.example/a/', title: '' }
  const body = '<b>a</b>\n<a href="b">*</a>\r\n'
  expect(
    (['html', 'lines', 'markdown', 'text'] as const).map((form) => markdownBody({ body, form, page })),
  ).toEqual(['**a** [\\*](https://page.example/a/b)', '**a**\n[\\*](https://page.example/a/b)', body, body])
  expect(markdownBody({ body, form: 'html', page: { address: '/a/', title: '' } })).toBe('**a** \\*')
})

describe('Text stays text', () => {
  const plain = [
    '*a* **b** _c_ __d__ snake_case 2*3*4',
    '# a',
    '- a',
    '+ a',
    '* a',
    '> a',
    '1. a',
    '12) a',
    '---',
    '===',
    '~~~',
    '```',
    '    a',
    '\\',
    '\\*',
    'a\\',
    'C:\\dir',
    '[a](b)',
    '[a]: https://b.example',
    '![a](b)',
    '<b>',
    '<https://a.example>',
    '<a@b.example>',
    '&amp;',
    '&#42;',
    '&',
    'a ]( b',
    'a | b',
    '`a`',
    '``',
    'https://a.example/*b*',
    'https://a.example/(b).[>](c)*d*',
    'www.a.example/_b_',
    'AT&T; R&D',
    'Wow!',
    '「*強調*」です',
    '**「a」**b',
    '\u00a0',
    '\u2028> a',
    'a\u2029- b',
    '￥1,000',
    '<3',
  ]
  it.each(plain)('%s', (text) => {
    const html = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
    for (const form of [
      html,
      `<p>${html}</p>`,
      `<ul><li>${html}</li></ul>`,
      `<blockquote>${html}</blockquote>`,
      `a<br>${html}`,
    ]) {
      const tree = contentOf(markdownOf(form))
      const expected = (form.startsWith('a<br>') ? 'a' : '') + text
      expect(textOf(tree).replace(/\s+/g, '')).toBe(expected.replace(/\s+/g, ''))
      expect(typesIn(tree).filter((type) => /strong|emphasis|code/.test(type))).toEqual([])
      if (!text.includes('.example')) expect(linksOf(tree)).toEqual([])
    }
  })

  it('whatever is put together', () => {
    const random = generator(14)
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
    const words = [
      ...['https://a.example/_b_*c*', 'http://b.example/(z).', 'www.c.example', '--- ', '~', '\u3000', 'a_b'],
      'a',
      'b c',
      '*',
      '**',
      '_',
      '「',
      '」',
      '漢字',
      'かな',
      '.',
      '(',
      ')',
      '[',
      ']',
      '](x)',
      '`',
      '``',
      '!',
      '\\',
      '<',
      '>',
      '# ',
      '- ',
      '1. ',
      '&',
      '&amp;',
      ' ',
      '\n',
      '~~~',
      '🙂',
      '한국',
      ',',
      '"',
      'é',
    ]
    const html = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
    const phrasing = (depth: number): { html: string; text: string } => {
      const parts = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
        if (depth > 0 && random() < 0.4) {
          const inner = phrasing(depth - 1)
          const tag = pick(['b', 'i', 'em', 'strong', 'a href="https://x.example"', 'span'])
          return { html: `<${tag}>${inner.html}</${tag.split(' ')[0]}>`, text: inner.text }
        }
        if (random() < 0.05) return { html: '<br>', text: '' }
        if (random() < 0.08) return { html: '<code>x*`</code>', text: 'x*`' }
        const text = pick(words)
        return { html: html(text), text }
      })
      return { html: parts.map(({ html }) => html).join(''), text: parts.map(({ text }) => text).join('') }
    }
    const block = (depth: number): { html: string; text: string } => {
      if (depth === 0 || random() < 0.4) {
        const { html, text } = phrasing(3)
        return { html: `<p>${html}</p>`, text }
      }
      const inner = Array.from({ length: 1 + Math.floor(random() * 3) }, () => block(depth - 1))
      const text = inner.map((one) => one.text).join('')
      const tag = pick(['blockquote', 'ul', 'ol', 'div'])
      const item = (html: string) => (/^.l$/.test(tag) ? `<li>${html}</li>` : html)
      return { html: `<${tag}>${inner.map(({ html }) => item(html)).join('')}</${tag}>`, text }
    }
    for (let time = 0; time < 1000; time++) {
      const { html, text } = block(3)
      const markdown = markdownOf(html, { lines: random() < 0.5 })
      if (seen(markdown) !== text.replace(/\s+/g, ''))
        expect
          .soft({ html, markdown, seen: seen(markdown) })
          .toEqual({ html, markdown, seen: text.replace(/\s+/g, '') })
    }
  })
})

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

describe('Hostile HTML', () => {
  const collection = join(import.meta.dirname, '../../../../shared/corpora/xss.json')
  it('makes nothing but allowed links', () => {
    const strings: string[] = existsSync(collection) ? JSON.parse(readFileSync(collection, 'utf8')) : []
    const own = ['javascript:alert(1)', 'https://a@b.example', 'x" onmouseover="alert(1)']
    const strange = [...strings, ...own]
      .map((text) => `<a href="${text}">x</a>`)
      .flatMap((html) => linksOf(contentOf(markdownOf(html, { lines: true }))))
      .filter((href) => !/^(https?:\/\/[^@/]*([/?#]|$)|mailto:)/.test(href))
    expect(strange).toEqual([])
  })

  const bombs: [what: string, html: string][] = [
    ['a million tags within each other', '<div>'.repeat(1_000_000)],
    ['tags as deep as there may be in all', '<i>'.repeat(19_000)],
    ['very many quotes', '<blockquote>'.repeat(100_000)],
    [
      'formats that are opened again and again',
      `${Array.from({ length: 400 }, (_, at) => `<b a=${at}>`).join('')}${'<p>x'.repeat(100_000)}`,
    ],
    ['formats that are never closed', '<b><i><a href="https://a.example"><p>'.repeat(50_000)],
    [
      'an element with very many attributes',
      `<a ${Array.from({ length: 300_000 }, (_, at) => `a${at}`).join(' ')}>x`,
    ],
    ['tables within each other', '<table><tr><td>'.repeat(200_000)],
    ['a list of very many', `<ul>${'<b>x</b>'.repeat(19_000)}</ul>`],
    ['stars without end', '*'.repeat(500_000)],
  ]
  it.each(bombs)('%s', (_, html) => {
    expect(seen(markdownOf(`${html} the end`).slice(-20))).toContain('theend')
  })

  it('keeps quotes and lists within each other as far as ours go', () => {
    for (const [open, close] of [
      ['<blockquote>', '</blockquote>'],
      ['<ul><li>', '</li></ul>'],
    ] as const) {
      const tree = contentOf(markdownOf(`${open.repeat(30)}deep${close.repeat(30)}`))
      expect(typesIn(tree)).not.toContain('codeBlock')
      expect(typesIn(tree).filter((type) => /quote|list/.test(type)).length).toBeGreaterThan(5)
      expect(textOf(tree).trim()).toBe('deep')
    }
  })

  it('keeps the text of what nests too deep', () => {
    const html = `<p>One</p>${'<div>'.repeat(1000)}Two *a*<script>no</script><br>three`
    expect(markdownOf(html)).toBe('One\n\nTwo \\*a\\*\nthree')
  })

  it('mends halves of characters', () => {
    expect(markdownOf('a\ud83d')).toBe('a\ufffd')
  })
})
