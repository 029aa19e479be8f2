import { env } from 'cloudflare:workers'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ErrorBody } from '../../../worker/contract/errors.ts'
import { memory } from '../../../worker/http/isolateCache.ts'
import { ground } from '../crowd.ts'
import {
  addSite,
  approved,
  asOperator,
  call,
  decided,
  host,
  json,
  own,
  pageOrigin,
  posted,
} from '../product.ts'
import { costOf, plansOf } from '../trips.ts'

beforeEach(() => addSite())

const formats = ['atom', 'json'] as const
type Format = (typeof formats)[number]

/** A feed as a feed reader understands it, whichever format it came in. */
interface Read {
  self: string
  page?: string
  title: string
  language: string
  updated?: string
  entries: {
    id: string
    url?: string
    title: string
    author: { name: string; url?: string }
    published: string
    updated: string
    html: string
  }[]
}

const address = (format: Format, key?: string, site = 'blog') =>
  `/v1/sites/${site}/feed.${format}${key === undefined ? '' : `?key=${encodeURIComponent(key)}`}`

async function read(format: Format, key?: string, site = 'blog'): Promise<Read> {
  const answer = await call('GET', address(format, key, site))
  expect(answer.status).toBe(200)
  const text = await answer.text()
  return format === 'atom' ? readAtom(text) : readJson(text)
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => name === 'entry' || name === 'link',
})

interface AtomLink {
  '@rel': string
  '@href': string
}

function readAtom(text: string): Read {
  expect(XMLValidator.validate(text)).toBe(true)
  expect(text).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u)
  const { feed } = parser.parse(text)
  expect(feed['@xmlns']).toBe('http://www.w3.org/2005/Atom')
  const linked = (of: { link?: AtomLink[] }, rel: string) =>
    of.link?.find((link) => link['@rel'] === rel)?.['@href']
  const page = linked(feed, 'alternate')
  expect(feed.id).toBe(linked(feed, 'self'))
  return {
    self: feed.id,
    ...(page !== undefined && { page }),
    title: feed.title,
    language: feed['@xml:lang'],
    updated: feed.updated,
    // biome-ignore lint/suspicious/noExplicitAny: whatever the document holds
    entries: (feed.entry ?? []).map((entry: any) => {
      expect(entry.content['@type']).toBe('html')
      return {
        id: entry.id,
        url: linked(entry, 'alternate'),
        title: entry.title,
        author: { name: entry.author.name, ...(entry.author.uri && { url: entry.author.uri }) },
        published: entry.published,
        updated: entry.updated,
        html: entry.content['#text'] ?? '',
      }
    }),
  }
}

function readJson(text: string): Read {
  const feed = JSON.parse(text)
  expect(feed.version).toBe('https://jsonfeed.org/version/1.1')
  return {
    self: feed.feed_url,
    ...(feed.home_page_url !== undefined && { page: feed.home_page_url }),
    title: feed.title,
    language: feed.language,
    // biome-ignore lint/suspicious/noExplicitAny: whatever the document holds
    entries: feed.items.map((item: any) => {
      expect(item.authors).toHaveLength(1)
      return {
        id: item.id,
        url: item.url,
        title: item.title,
        author: item.authors[0],
        published: item.date_published,
        updated: item.date_modified,
        html: item.content_html,
      }
    }),
  }
}

describe.each(formats)('A feed in %s', (format) => {
  it('tells of a comment what readers see of it, and where it stands', async () => {
    const { comment } = await approved({
      key: '/post?p=1',
      url: `${pageOrigin}/post?p=1#top`,
      title: 'Cats & dogs',
      author: { name: 'Mika <3', email: 'mika@mail.example', url: 'https://mika.example/?a=1&b=2' },
      body: 'One **bold** [word](https://a.example/?x=1&y=2) & more.\n\n> said\n\n- a\n- b\n\n`<b>`',
    })
    const feed = await read(format, '/post?p=1')
    expect(feed).toEqual({
      self: `${host}/v1/sites/blog/feed.${format}?key=%2Fpost%3Fp%3D1`,
      page: `${pageOrigin}/post?p=1#top`,
      title: 'Comments on “Cats & dogs”',
      language: 'en',
      ...(format === 'atom' && { updated: comment.createdAt }),
      entries: [
        {
          id: `urn:uuid:${comment.id}`,
          url: `${pageOrigin}/post?p=1#comment-${comment.id}`,
          title: 'Mika <3 on “Cats & dogs”',
          author: { name: 'Mika <3', url: 'https://mika.example/?a=1&b=2' },
          published: comment.createdAt,
          updated: comment.createdAt,
          html:
            '<p>One <strong>bold</strong> <a href="https://a.example/?x=1&amp;y=2" rel="nofollow ugc noopener" ' +
            'target="_blank">word</a> &amp; more.</p><blockquote><p>said</p></blockquote>' +
            '<ul><li><p>a</p></li><li><p>b</p></li></ul><p><code>&lt;b></code></p>',
        },
      ],
    })
  })

  it('says in its type what it is, may be read by any page, and is asked for anew each time', async () => {
    const answer = await call('GET', address(format), { origin: 'https://anywhere.example' })
    const type = { atom: 'application/atom+xml', json: 'application/feed+json' }[format]
    expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('cache-control')).toContain('public')
  })

  it('has a whole site’s comments, or one thread’s for every spelling of its key', async () => {
    const here = await approved({ key: '/a/', url: `${pageOrigin}/a/`, title: 'A' })
    const there = await approved({ key: '/b', url: `${pageOrigin}/b`, title: 'B' })
    await addSite({ id: 'other', name: 'Other' })
    const site = await read(format)
    expect(site).toMatchObject({ title: 'Comments on “Blog”', page: pageOrigin })
    expect(site.entries.map(({ url }) => url)).toEqual([
      `${pageOrigin}/b#comment-${there.comment.id}`,
      `${pageOrigin}/a/#comment-${here.comment.id}`,
    ])
    const spellings = await Promise.all(['/a', '/a/index.html?utm_source=x'].map((key) => read(format, key)))
    expect(spellings[0]?.entries.map(({ id }) => id)).toEqual([`urn:uuid:${here.comment.id}`])
    expect(spellings[1]).toEqual(spellings[0])
    expect((await read(format, undefined, 'other')).entries).toEqual([])
  })

  it('speaks the site’s language', async () => {
    await addSite({ id: 'ja', name: 'ブログ', locale: 'ja-JP' })
    const { comment } = await posted(
      { title: '猫の話', author: { name: '美香' }, body: '良い記事' },
      {},
      'ja',
    )
    await decided(comment.id, 'approve')
    const feed = await read(format, '/post', 'ja')
    expect(feed).toMatchObject({ title: '“猫の話” へのコメント', language: 'ja-JP' })
    expect(feed.entries).toMatchObject([
      { title: '“猫の話” への美香さんのコメント', html: '<p>良い記事</p>' },
    ])
  })

  it('is valid and empty where nothing is shown', async () => {
    expect(await read(format)).toEqual({
      self: `${host}/v1/sites/blog/feed.${format}`,
      page: pageOrigin,
      title: 'Comments on “Blog”',
      language: 'en',
      ...(format === 'atom' && { updated: '1970-01-01T00:00:00.000Z' }),
      entries: [],
    })
    expect((await read(format, 'a & b')).title).toBe('Comments on “a & b”')
    expect(await env.DB.prepare('SELECT count(*) AS n FROM threads').first('n')).toBe(0)
  })

  it.each(['pending', 'rejected', 'spam', 'deleted'])(
    'is the same byte by byte for a thread of %s comments as for an unknown one',
    async (status) => {
      const look = async (key?: string) => {
        const answer = await call('GET', address(format, key))
        return [await answer.text(), Object.fromEntries(answer.headers)]
      }
      const before = [await look('/post'), await look()]
      const { comment } = await approved({ title: 'Unseen title', body: 'Unseen words' })
      if (status === 'pending') await decided(comment.id, 'restore')
      if (status === 'rejected') await decided(comment.id, 'reject', { reason: 'abuse' })
      if (status === 'spam') await decided(comment.id, 'spam')
      if (status === 'deleted') await decided(comment.id, 'delete')
      expect([await look('/post'), await look()]).toEqual(before)
      expect((await asOperator('POST', '/v1/threads/1/closure')).status).toBe(204)
      expect(await look('/post')).toEqual(before[0])
    },
  )

  it('shows of an edited comment what was approved, and nothing of a revision that waits', async () => {
    const token = 'f'.repeat(43)
    const { comment } = await approved({ body: 'First version' }, { token })
    const edit = (body: string, revision: number) =>
      json(call('PATCH', `/v1/sites/blog/comments/${comment.id}`, { token, body: { body, revision } }))
    const text = async () => (await call('GET', address(format))).text()
    const first = await text()
    await edit('Second version', 1)
    expect(await text()).toBe(first)
    await decided(comment.id, 'approve', { revision: 2 })
    const { editedAt } = await own(comment.id, token)
    const second = await text()
    expect((await read(format)).entries).toMatchObject([
      { html: '<p>Second version</p>', published: comment.createdAt, updated: editedAt },
    ])
    await edit('Third version', 2)
    expect(await text()).toBe(second)
  })

  it('loses a comment that is rejected later', async () => {
    const { comment: stays } = await approved()
    const { comment: goes } = await approved()
    expect((await read(format)).entries).toHaveLength(2)
    await decided(goes.id, 'reject')
    for (const key of [undefined, '/post'])
      expect((await read(format, key)).entries.map(({ id }) => id)).toEqual([`urn:uuid:${stays.id}`])
  })

  it('has those of a thread that came to be shown last, however long one waited, the newest first', async () => {
    const { comment: waited } = await posted()
    const ids: string[] = []
    for (let count = 0; count < 51; count++) ids.unshift((await approved()).comment.id)
    await decided(waited.id, 'approve')
    const { entries } = await read(format, '/post')
    expect(entries.map(({ id }) => id)).toEqual(
      [...ids.slice(0, 49), waited.id].map((id) => `urn:uuid:${id}`),
    )
  })

  it('answers 304 until something readers see has changed', async () => {
    const { comment } = await approved()
    const etag = (await call('GET', address(format))).headers.get('etag') ?? ''
    const ask = async () =>
      (await call('GET', address(format), { headers: { 'if-none-match': etag } })).status
    expect(await ask()).toBe(304)
    await posted()
    expect(await ask()).toBe(304)
    await decided(comment.id, 'delete')
    expect(await ask()).toBe(200)
  })

  it('holds what nobody needs to know of nobody', async () => {
    await approved(
      { author: { name: 'Mika', email: 'mika@mail.example' }, body: 'A thought' },
      { headers: { 'cf-connecting-ip': '203.0.113.9' } },
    )
    const text = await (await call('GET', address(format))).text()
    expect(text).not.toMatch(/mika@mail|203\.0\.113|verdict|finding|hash|score/)
  })

  it.each([
    [address(format, undefined, 'none'), 404, 'unknown_site'],
    [`${address(format)}?key=`, 400, 'missing'],
    [`${address(format)}?key=/a&key=/b`, 400, 'invalid'],
    [address(format, `/${'a'.repeat(501)}`), 400, 'too_long'],
  ])('says what is wrong with %s', async (path, status, code) => {
    expect((await json<ErrorBody>(call('GET', path), status)).error.code).toBe(code)
  })
})

/** What breaks feeds: the ends of XML, characters it can't hold, markup in disguise, other directions. */
const hostile = [
  ']]> and <![CDATA[ ]]>',
  '& &amp; &#0; &#x1f; &lt;script&gt;',
  '<!-- --> <?xml version="1.0"?> <!DOCTYPE a [<!ENTITY b "c">]> &b;',
  'bell \u0007, escape \u001b, vertical \u000b, delete \u007f, next line \u0085, \ufffe and \uffff',
  'null\u0000 within',
  '</content></entry></feed><script>alert(1)</script>',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "javascript:/*--></title></style></textarea></script><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(1)//'>",
  '[x](javascript:alert(1)) [y](https://a.example/"onmouseover="alert(1)) <https://b.example/?a&b>',
  '[z](data:text/html,<script>alert(1)</script>)',
  '`</code><img src=x onerror=alert(1)>`',
  '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;">',
  'مرحبا \u202eأبجد\u202c & <b>שלום</b>',
  '日本語の「引用」＆記号 𠮷野家 👩‍👩‍👧',
]

// CommonMark has no U+0000.
const asMarkdown = (body: string) => body.replaceAll('\0', '\ufffd')

/** Elements and attributes of an HTML fragment, and its text. */
async function fragment(html: string) {
  const tags: string[] = []
  const attributes: string[] = []
  let text = ''
  const rewriter = new HTMLRewriter()
    .on('*', {
      element({ tagName, attributes: of }) {
        tags.push(tagName)
        for (const [name, value] of of as unknown as Iterable<[string, string]>)
          attributes.push(`${name}=${value}`)
      },
    })
    .onDocument({
      text: (chunk) => {
        text += chunk.text
      },
    })
  await rewriter.transform(new Response(html)).text()
  return { tags, attributes, text: decode(text) }
}

const decode = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML can't hold
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

describe('Hostile text', () => {
  it.each(hostile)('arrives as the text it is and stays inactive: %j', async (body) => {
    const name = body.replace(/[\p{Cc}\u202e\u202c]/gu, '').slice(0, 90)
    const { comment } = await posted({ body, title: name, author: { name } })
    await decided(comment.id, 'approve')
    const [atom, feed] = [await read('atom'), await read('json')]
    expect(atom.entries).toEqual(feed.entries)
    const [entry] = atom.entries
    const seen = name.replace(impossible, '')
    expect(entry?.author.name).toBe(seen)
    expect(entry?.title).toBe(`${seen} on “${seen}”`)
    const { tags, attributes, text } = await fragment(entry?.html ?? '')
    expect(tags.filter((tag) => !['p', 'a', 'code', 'em'].includes(tag))).toEqual([])
    for (const attribute of attributes)
      expect(attribute).toMatch(/^(href=https:\/\/[ab]\.example\/|rel=nofollow ugc noopener$|target=_blank$)/)
    if (!/[`[]|https:/.test(body)) expect(text).toBe(asMarkdown(body).replace(impossible, ''))
  })

  it('of a damaged row hides no other', async () => {
    await approved({ body: 'Sound' })
    await approved()
    await approved()
    const damage = async (seq: number, content: string) => {
      await env.DB.prepare('UPDATE comments SET content = ? WHERE seq = ?').bind(content, seq).run()
      memory.empty()
    }
    await damage(2, '[{"type":"paragraph"')
    await damage(3, '[{"type":"paragraph","children":["\\ud800half"]},null]')
    for (const format of formats) {
      const { entries } = await read(format)
      expect(entries.map(({ html }) => html).toReversed()).toEqual(['<p>Sound</p>', '', ''])
    }
    await damage(3, '["\\ud800half \\udc00"]')
    for (const format of formats) expect((await read(format)).entries[0]?.html).toBe('half ')
  })
})

describe('A feed of many', () => {
  it.each([1, 50, 5000])('has the latest fifty, at four rows each at most: of %i', async (size) => {
    await fill(size)
    for (const key of [undefined, '/post']) {
      const { result, rowsRead, statements } = await costOf(() => read('atom', key))
      const { entries } = result
      const latest = Array.from({ length: Math.min(50, size) }, (_, index) => `urn:uuid:c-${size - index}`)
      expect(entries.map(({ id }) => id)).toEqual(latest)
      expect(rowsRead).toBeLessThanOrEqual(4 * entries.length)
      expect((await plansOf(statements)).filter((step) => /SCAN|TEMP B-TREE/.test(step))).toEqual([])
    }
  })
})

/** Fills the thread `/post` with comments shown one after the other, every second one edited; in SQL for speed. */
async function fill(size: number): Promise<void> {
  await ground()
  await env.DB.batch([
    env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
       INSERT INTO comments (seq, id, site_id, thread_id, author_id, author_public_id, name, body, content, body_hash,
         request_hash, created_at, elapsed_ms, status, revision, shown_revision, shown_version, verdict)
       SELECT i, 'c-' || i, 'blog', 1, 1, 'a', 'Mika', 'x', '["x"]', '', '', i, 9000, 'approved', 1 + i % 2, 1 + i % 2,
         i, 'hold' FROM n`,
    ).bind(size),
    env.DB.prepare(
      `INSERT INTO revisions (comment_seq, revision, body, content, findings, replaced_at)
       SELECT seq, 1, 'y', '["y"]', '[]', created_at + 1 FROM comments WHERE revision = 2`,
    ),
    env.DB.prepare('UPDATE threads SET count = ?').bind(size),
  ])
}
