import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { disqus } from '../../../worker/importers/formats/disqus.ts'
import { markdownBody } from '../../../worker/importers/markdown.ts'
import { commentsOf, entriesOf, exported, formatsOf, hasExports, leftOut } from './json/reading.ts'

const thread = (id: number, fields: Record<string, string> = {}) => {
  const all = {
    id: `page-${id}`,
    forum: 'blog',
    link: `https://blog.example/${id}/`,
    title: `Page ${id}`,
    author: '<name>Owner</name><isAnonymous>false</isAnonymous><username>owner</username>',
    isClosed: 'false',
    isDeleted: 'false',
    ...fields,
  }
  const lines = Object.entries(all).map(([name, value]) => `<${name}>${value}</${name}>`)
  return `<thread dsq:id="${id}">\n${lines.join('\n')}\n</thread>`
}

const post = (id: number | null, fields: Record<string, string> = {}, parent?: number, of = 1) => {
  const all = {
    id: '',
    message: '<![CDATA[<p>Good.</p>]]>',
    createdAt: '2020-01-02T03:04:05Z',
    isDeleted: 'false',
    isSpam: 'false',
    author:
      '<email>ada@example.org</email><name>Ada</name><isAnonymous>false</isAnonymous><username>ada</username>',
    ipAddress: '203.0.113.7',
    ...fields,
  }
  const lines = Object.entries(all).map(([name, value]) => `<${name}>${value}</${name}>`)
  const at = id === null ? '' : ` dsq:id="${id}"`
  return `<post${at}>${lines.join('')}<thread dsq:id="${of}"/>${parent ? `<parent dsq:id="${parent}"/>` : ''}</post>`
}

const file = (...parts: string[]) => `<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
${parts.join('\n')}
</disqus>`

const read = (...parts: string[]) => entriesOf(disqus, file(...parts))

describe('Disqus’s export', () => {
  it('brings a comment with all that stays of it', async () => {
    const text = file(thread(1), post(5, {}, 3))
    expect(formatsOf(text)).toEqual(['disqus'])
    const entries = await entriesOf(disqus, text)
    expect(entries).toEqual([
      {
        kind: 'comment',
        id: '5',
        parentId: '3',
        page: { address: 'https://blog.example/1/', title: 'Page 1' },
        author: { name: 'Ada', email: 'ada@example.org', url: null, identity: 'ada', isStaff: false },
        body: '<p>Good.</p>',
        form: 'html',
        createdAt: Date.UTC(2020, 0, 2, 3, 4, 5),
        editedAt: null,
        status: 'approved',
        decided: true,
        likes: 0,
        pinned: false,
        line: text.slice(0, text.indexOf('<post')).split('\n').length,
      },
    ])
  })

  it('keeps states', async () => {
    const entries = await read(
      thread(1),
      thread(2, { isDeleted: 'true' }),
      post(1, { isSpam: 'true' }),
      post(2, { isSpam: 'true', isDeleted: 'true' }),
      post(3, { isDeleted: 'true', message: '' }),
      post(4, { isApproved: 'false' }),
      post(5, { isApproved: 'true' }),
      post(6, {}, undefined, 2),
    )
    expect(commentsOf(entries).map(({ status, decided }) => `${status} ${decided}`)).toEqual([
      ...['spam true', 'spam true', 'deleted false', 'pending false', 'approved true', 'deleted false'],
    ])
  })

  it('knows pages by their link, or the embedder’s id', async () => {
    const entries = await read(
      thread(1, { link: '', isClosed: 'true' }),
      thread(2, { link: '', id: '' }),
      post(1),
      post(2, {}, undefined, 2),
      post(3, {}, undefined, 99),
    )
    expect(entries).toMatchObject([
      { kind: 'thread', page: { address: 'page-1' }, closed: true },
      { kind: 'comment', page: { address: 'page-1', title: 'Page 1' } },
      { kind: 'leftOut', reason: 'no_page', id: '2' },
      { kind: 'leftOut', reason: 'no_page', id: '3' },
    ])
  })

  it('tells accounts from names, and whose blog it is', async () => {
    const author = (anonymous: boolean, username: string) =>
      `<name>Ann</name><isAnonymous>${anonymous}</isAnonymous><username>${username}</username>`
    const entries = await read(
      thread(1),
      post(1, { author: author(true, 'owner') }),
      post(2, { author: author(false, 'owner') }),
      post(3, { author: '<name>Ann</name><isAnonymous>true</isAnonymous>' }),
    )
    expect(
      commentsOf(entries).map(({ author, decided }) => [author.identity, author.isStaff, decided]),
    ).toEqual([
      [null, false, true],
      ['owner', true, false],
      [null, false, true],
    ])
  })

  it('leads where links went before they went by way of Disqus', async () => {
    const link = (href: string) => `<p><a href="${href}" rel="nofollow">words</a></p>`
    const hrefs = [
      'http://disq.us/url?url=https%3A%2F%2Fa.example%2F%3Fb%3D1%26c%3D2%3AAbCdEfGhIjKlMnOpQrStUvWxYz0&amp;cuid=123',
      'http://disq.us/url?url=javascript%3Aalert(1)',
      'http://disq.us/url?url=%zz',
      `http://disq.us/url?url=${'a'.repeat(400_000)} `,
    ]
    const entries = await read(
      thread(1),
      ...hrefs.map((href, id) => post(id + 1, { message: `<![CDATA[${link(href)}]]>` })),
    )
    expect(commentsOf(entries).map(markdownBody)).toEqual([
      '[words](https://a.example/?b=1&c=2)',
      '[words](http://disq.us/url?url=javascript%3Aalert\\(1\\))',
      '[words](http://disq.us/url?url=%zz)',
      `[words](http://disq.us/url?url=${'a'.repeat(400_000)})`,
    ])
  })

  it('brings posts without ids and dates as they are, and leaves out what says nothing', async () => {
    const entries = await read(
      thread(1),
      post(null, { createdAt: '2011-x09' }),
      post(2, { message: '' }),
      post(3, { message: `<![CDATA[${'x'.repeat(1_100_000)}]]>` }, 4),
      post(3),
      post(3, { message: 'One\ntwo' }, 3),
    )
    expect(commentsOf(entries).map(({ id, parentId, form }) => [id, parentId, form])).toEqual([
      [null, null, 'html'],
      ['3', null, 'html'],
      ['3', '3', 'lines'],
    ])
    expect(commentsOf(entries)[0]?.createdAt).toEqual({ local: '2011-x09' })
    expect(leftOut(entries).map(({ reason, parentId }) => [reason, parentId])).toEqual([
      ['empty', null],
      ['too_long', '4'],
    ])
  })
})

describe('Files of the collection', () => {
  const reader = new XMLParser({
    ...{
      ignoreAttributes: false,
      attributeNamePrefix: '@',
      parseTagValue: false,
      allowBooleanAttributes: true,
    },
    isArray: (name) => name === 'post' || name === 'thread',
  })
  const files = ['disqus-isso-tests.xml', 'disqus-remark42-testdata.xml']

  it.runIf(hasExports).each(files)('%s is brought whole', async (name) => {
    // The other reader has no use for attributes without quotes.
    const text = exported(name).replace(/(dsq:id)=(\d+)/g, '$1="$2"')
    const { thread: threads, post: posts } = reader.parse(text.replace(/`$/, '')).disqus
    // biome-ignore lint/suspicious/noExplicitAny: another reader's tree
    const pages = new Map<string, any>(threads.map((one: any) => [one['@dsq:id'], one]))
    // biome-ignore lint/suspicious/noExplicitAny: another reader's tree
    const expected = posts.map((one: any) => {
      const page = pages.get(one.thread[0]['@dsq:id'])
      const address = page && (page.link || page.id)
      const id = one['@dsq:id'] ?? null
      if (!address) return `out ${id}`
      const state = one.isSpam === 'true' ? 'spam' : one.isDeleted === 'true' ? 'deleted' : 'approved'
      const time = Date.parse(one.createdAt) || one.createdAt
      return [
        id,
        one.parent?.['@dsq:id'] ?? null,
        state,
        time,
        address,
        one.message.trim(),
        one.author.name,
      ].join(' ')
    })
    const entries = await entriesOf(disqus, text)
    const found = entries.flatMap((one) => {
      if (one.kind === 'leftOut') return [`out ${one.id}`]
      if (one.kind !== 'comment') return []
      const time = typeof one.createdAt === 'number' ? one.createdAt : one.createdAt.local
      return [[one.id, one.parentId, one.status, time, one.page.address, one.body, one.author.name].join(' ')]
    })
    expect(found).toEqual(expected)
  })

  it.runIf(hasExports)('reads what has no quotes, and says so', async () => {
    const entries = await entriesOf(disqus, exported('disqus-remark42-testdata.xml'))
    expect(commentsOf(entries).at(-1)).toMatchObject({
      id: 'x299986073',
      createdAt: { local: '2011-x09-30T22:48:43Z' },
    })
    expect(entries.filter(({ kind }) => kind === 'broken')).toHaveLength(1)
  })
})
