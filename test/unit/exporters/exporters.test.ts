import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { contentHtml } from '../../../widget/common/contentHtml.tsx'
import { contentOf, textOf } from '../../../widget/common/markdown.ts'
import type { Site } from '../../../worker/contract/site.ts'
import { defaultSettings } from '../../../worker/contract/siteSettings.ts'
import { type Status, statuses } from '../../../worker/contract/status.ts'
import { csv } from '../../../worker/exporters/csv.ts'
import { disqus } from '../../../worker/exporters/disqus.ts'
import type { ExportedThread, Exporter } from '../../../worker/exporters/exporter.ts'
import { markdown } from '../../../worker/exporters/markdown.ts'
import { wxr } from '../../../worker/exporters/wxr.ts'
import { disqus as fromDisqus } from '../../../worker/importers/formats/disqus.ts'
import { wxr as fromWordPress } from '../../../worker/importers/formats/wxr.ts'
import { markdownBody } from '../../../worker/importers/markdown.ts'
import type { SiteComment } from '../../../worker/store/siteComments.ts'
import { commentsOf, entriesOf } from '../importers/json/reading.ts'

const site: Site = {
  ...{
    id: 'blog',
    name: 'Blog & <more>',
    origins: ['https://blog.example'],
    locale: 'ja',
    policy: 'trusted',
  },
  ...{ settings: defaultSettings, createdAt: '2020-01-01T00:00:00.000Z', archivedAt: null },
}

const at = Date.UTC(2024, 1, 29, 23, 59, 58)

const threadOf = (more: Partial<ExportedThread> = {}): ExportedThread => ({
  ...{ id: 7, key: '/post', url: '', address: 'https://blog.example/post', title: 'A post', closedAt: null },
  ...{ createdAt: at, ...more },
})

const commentOf = (seq: number, more: Partial<SiteComment> = {}): SiteComment => {
  const body = more.body ?? `Words ${seq}`
  return {
    ...{
      seq,
      id: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`,
      parentSeq: null,
      parentId: null,
    },
    ...{ name: 'Mika', email: null, url: null, status: 'approved', content: JSON.stringify(contentOf(body)) },
    ...{ createdAt: at + seq * 1000, editedAt: null, likes: 0, ...more, body },
  }
}

/** A whole file of one thread. */
const fileOf = (exporter: Exporter, comments: SiteComment[], thread = threadOf()) =>
  [
    exporter.head(site, at),
    exporter.list?.(thread, site) ?? '',
    exporter.open(thread, site),
    ...comments
      .filter(({ status }) => exporter.statuses.includes(status))
      .map((comment) => exporter.comment(comment, thread, site)),
    exporter.close,
    exporter.tail,
  ].join('')

const everyStatus = [
  ...statuses.map((status, index) => commentOf(index + 1, { status })),
  commentOf(9, {
    parentSeq: 2,
    parentId: commentOf(2).id,
    body: 'Said *twice*:\n\n> Words 1\n\n- a\n- b',
    email: 'm@x.example',
  }),
]

describe('What leaves comes back as it was', () => {
  const became: Record<string, Partial<Record<Status, Status>>> = {
    'wordpress.xml': { rejected: 'deleted' },
    'disqus.xml': { rejected: 'deleted' },
  }
  it.each([
    [wxr, fromWordPress],
    [disqus, fromDisqus],
  ])('with its state, parent, time and words: $file', async (exporter, importer) => {
    const file = fileOf(exporter, everyStatus, threadOf({ closedAt: at }))
    expect(XMLValidator.validate(file)).toBe(true)
    expect(importer.detect(file.slice(0, 64_000))).toBe(true)
    const entries = await entriesOf(importer, file)
    expect(entries.filter(({ kind }) => kind === 'thread')).toMatchObject([{ closed: true }])
    const found = commentsOf(entries)
    const sent = everyStatus.filter(({ status }) => exporter.statuses.includes(status))
    expect(found.map(({ status }) => status)).toEqual(
      sent.map(({ status }) => became[exporter.file]?.[status] ?? status),
    )
    const parents = new Map(found.map((one, index) => [one.id, sent[index]?.seq]))
    for (const [index, one] of found.entries()) {
      const before = sent[index] as SiteComment
      expect(one).toMatchObject({
        createdAt: before.createdAt,
        author: { name: 'Mika', email: before.email },
        page: { address: 'https://blog.example/post', title: 'A post' },
      })
      expect(one.parentId === null ? null : parents.get(one.parentId)).toBe(before.parentSeq)
      const body = markdownBody(one)
      expect(contentOf(body)).toEqual(JSON.parse(before.content))
    }
  })

  it('what waits is no part of a form that has no place for it', () => {
    expect(fileOf(disqus, everyStatus)).not.toContain(`Words ${statuses.indexOf('pending') + 1}<`)
    const readable = fileOf(markdown, everyStatus)
    expect(readable.match(/^By /gm)).toHaveLength(2)
  })
})

const own = [
  ']]><wp:comment><wp:comment_approved>1</wp:comment_approved>',
  '</wp:comment></item><item>&amp;&#60;b&#62;',
  '=HYPERLINK("https://evil.example","x")',
  '+1-1|cmd',
  '\t=1+1',
  '"quoted", and\r\n"more"',
  'a\rb\u0000c\u000bd\uffff',
  '\ud800 alone',
  '# A heading\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))',
  '```\n</pre><img src=x onerror=alert(1)>\n```',
  'x\n# By somebody\n> quoted\n\n***',
  '`<b>` and <https://a.example/?a=1&b=2> and & &lt; &#x3c;script&#x3e;',
  '![pixel](https://evil.example/p.png)',
  '[ref]: https://evil.example\n\n[ref]',
  '| a | b |\n|---|---|\n| c | d |',
]
const corpora = join(import.meta.dirname, '../../../../shared/corpora')
const stringsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : []
const strings = [
  ...own,
  ...[
    'xss',
    'naughty-strings',
    'unicode-attacks',
    'email-field-vectors',
    'url-field-vectors',
    'json-body-vectors',
  ]
    .map((name) => join(corpora, `${name}.json`))
    .filter((path) => existsSync(path))
    .flatMap((path) => stringsIn(JSON.parse(readFileSync(path, 'utf8')))),
].filter((text) => text.length < 5000)

const hostile = strings.map((text, index) =>
  commentOf(index + 1, { body: text, name: text, email: text, url: text }),
)
const named = threadOf({ key: strings.join(' ').slice(0, 400), title: strings.join(' ').slice(0, 400) })

/** What XML keeps of a text. */
const kept = (text: string) =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')

/** All text that a reader of Markdown shows, without spaces. */
const shownBy = (reader: InstanceType<typeof MarkdownIt>, text: string) =>
  reader
    .parse(text, {})
    .flatMap((token) => (token.type === 'inline' ? (token.children ?? []) : [token]))
    .map(({ content }) => content)
    .join('')
    .replace(/\s+/g, '')

describe('Nothing that people write means anything there', () => {
  const reader = new XMLParser({
    ...{
      ignoreAttributes: false,
      trimValues: false,
      parseTagValue: false,
      processEntities: { enabled: true },
    },
    ...{ htmlEntities: true, isArray: (name: string) => ['wp:comment', 'post'].includes(name) },
  })

  it('in XML for WordPress', () => {
    const file = fileOf(wxr, hostile, named)
    expect(XMLValidator.validate(file)).toBe(true)
    const { item } = reader.parse(file).rss.channel
    expect(item.title).toBe(kept(named.title))
    const found: Record<string, string>[] = item['wp:comment']
    expect(found).toHaveLength(hostile.length)
    // Each `expect` takes longer than what it looks at.
    const words = (one: Record<string, unknown>) =>
      ['author', 'author_email', 'author_url', 'content'].map((field) => one[`wp:comment_${field}`])
    expect(found.map(words)).toEqual(
      hostile.map(({ name, email, url, content }) =>
        [name, email ?? '', url ?? '', contentHtml(JSON.parse(content))].map(kept),
      ),
    )
  })

  it('in XML like Disqus’s', () => {
    const file = fileOf(disqus, hostile, named)
    const { thread, post } = reader.parse(file).disqus
    expect(thread.title).toBe(kept(named.title))
    expect(post).toHaveLength(hostile.length)
    const words = (one: { author: { name: string }; message: string }) => [one.author.name, one.message]
    expect(post.map(words)).toEqual(
      hostile.map(({ name, content }) => [name, contentHtml(JSON.parse(content))].map(kept)),
    )
  })

  it('in a table', () => {
    const rows = parse(fileOf(csv, hostile, named), { bom: true, columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(hostile.length)
    const cells = rows.map(({ author, email, website, text }) => [author, email, website, text])
    const guarded = (text: string) => `${/^[=+\-@\t\r]/.test(text) ? "'" : ''}${text.toWellFormed()}`
    expect(cells).toEqual(strings.map((text) => Array(4).fill(guarded(text))))
  })

  it('in Markdown, for a reader that takes HTML, too', () => {
    const general = new MarkdownIt({ html: true })
    // Addresses are looked at below, as they are.
    Object.assign(general, { validateLink: () => true, normalizeLinkText: (text: string) => text })
    const file = fileOf(markdown, hostile, named)
    expect(file.match(/^# /gm)).toHaveLength(1)
    expect(file.match(/^By /gm)).toHaveLength(hostile.length)
    const tokens = general.parse(file, {})
    const all = tokens.flatMap((token) => [token, ...(token.children ?? [])])
    expect(all.filter(({ type }) => /html/.test(type)).map(({ content }) => content)).toEqual([])
    expect(all.filter(({ type }) => type === 'image')).toEqual([])
    const addresses = all.flatMap((one) => (one.type === 'link_open' ? [String(one.attrGet('href'))] : []))
    expect(addresses.filter((href) => !/^(https?:|mailto:)/i.test(href))).toEqual([])
    expect(all.filter(({ type }) => type === 'heading_open')).toHaveLength(1)
    const shown = hostile.map((comment) =>
      shownBy(general, markdown.comment(comment, named, site).split('\n').slice(2).join('\n')),
    )
    expect(shown).toEqual(hostile.map(({ content }) => textOf(JSON.parse(content)).replace(/\s+/g, '')))
  })
})
