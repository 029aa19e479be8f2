import { describe, expect, test } from 'vitest'
import { documentOf } from '../../../widget/docs/build/layout.ts'
import { textOf } from '../../../widget/docs/build/markdown.ts'
import { pageText } from '../../../widget/docs/build/pages.ts'
import { languages, pages } from '../../../widget/docs/pages.ts'
import { attributes, parts, properties } from '../../../widget/docs/playground/names.ts'

const written = pages.map(({ name }) => name)

const documents = written.flatMap((name) =>
  languages.map((lang) => ({ name, lang, html: documentOf(name, lang, pageText(name, lang)) })),
)
const all = (html: string, pattern: RegExp) => Array.from(html.matchAll(pattern), ([, found]) => found ?? '')
const anchors = (html: string) => all(html, / id="([^"]+)"/g)
const names = pages.map(({ name }) => name)
const htmlOf = (name: string, lang: string) =>
  documents.find((page) => page.name === name && page.lang === lang)?.html ?? ''

describe('The pages at /docs', () => {
  test.each(written)('%s has the same sections in every language, in the same order', (name) => {
    const [first, ...others] = languages.map((lang) => anchors(htmlOf(name, lang)))
    expect(first?.length).toBeGreaterThan(2)
    for (const other of others) expect(other).toEqual(first)
  })

  test.each(written)(
    '%s has the same lines to copy in every language, but for names and languages',
    (name) => {
      const [en = [], ja = []] = languages.map((lang) =>
        all(htmlOf(name, lang), /<pre[^>]*><code>(.*?)<\/code>/gs).map((code) =>
          code.replace(/コメント/g, 'Comments').replace(/lang(=|: ')ja/g, 'lang$1en'),
        ),
      )
      expect(ja).toEqual(en)
    },
  )

  test('every section of a page in Japanese is in Japanese', () => {
    for (const name of written)
      for (const paragraph of all(pageText(name, 'ja').html, /<(?:p|li)>(.*?)<\/(?:p|li)>/gs))
        expect(paragraph).toMatch(/[ぁ-んァ-ヶ]/)
  })

  test.each(documents)('every link of $name in $lang leads somewhere, and keeps the language', (page) => {
    for (const attributes of all(page.html, /<a ([^>]*)>/g)) {
      const [link = ''] = all(attributes, /href="([^"]*)"/g)
      if (link.startsWith('https://') || link === '../v1/openapi.json') continue
      const found = /^(?:(\w+)\?lang=(\w+))?(?:#([\w-]+))?$/.exec(link)
      expect(found && link, attributes).toBeTruthy()
      const [, name = page.name, lang = page.lang, anchor] = found ?? []
      expect(names, link).toContain(name)
      expect(languages, link).toContain(lang)
      if (!attributes.includes('hreflang')) expect(lang, link).toBe(page.lang)
      if (anchor) expect(anchors(htmlOf(name, lang)), link).toContain(anchor)
    }
  })

  test('the page for embedders names every attribute, property and part', () => {
    for (const lang of languages) {
      const html = htmlOf('embed', lang)
      for (const name of ['title', ...Object.keys(attributes)])
        expect(html).toContain(`<td><code>${name}</code></td>`)
      for (const name of Object.keys(properties))
        expect(html).toContain(`<td><code>--hankyo-${name}</code></td>`)
      for (const name of parts) expect(html).toContain(`<td><code>::part(${name})</code></td>`)
    }
  })
})

describe('The text of a page', () => {
  const options = { lang: 'en', copy: 'Copy', done: 'Copied', inserts: {} }

  test('needs an anchor for each heading, and each its own', () => {
    expect(() => textOf('# Page\n\n## Queue', options)).toThrow('“Queue”')
    expect(() => textOf('# Page\n\n## Queue {#a}\n\n## Undo {#a}', options)).toThrow('“Undo”')
  })

  test('takes no HTML', () => {
    expect(textOf('# Page\n\n<b>x</b>\n\n```\n<i>\n```', options).html).not.toMatch(/<[bi]>/)
  })
})
