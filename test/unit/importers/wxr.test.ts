import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import type { LeftOut, SourceComment } from '../../../worker/importers/entry.ts'
import { wxr } from '../../../worker/importers/formats/wxr.ts'
import { commentsOf as comments, entriesOf, exported, hasExports, leftOut } from './json/reading.ts'

/** A comment of an export, with what differs from the usual one. */
const comment = (fields: Record<string, string | number> = {}) => {
  const all = {
    comment_id: 1,
    comment_author: 'Ada',
    comment_author_email: 'ada@example.org',
    comment_author_url: '',
    comment_author_IP: '203.0.113.7',
    comment_date: '2020-01-02 12:04:05',
    comment_date_gmt: '2020-01-02 03:04:05',
    comment_content: 'Good.',
    comment_approved: 1,
    comment_type: 'comment',
    comment_parent: 0,
    comment_user_id: 0,
    ...fields,
  }
  const lines = Object.entries(all).map(([name, value]) => `<wp:${name}><![CDATA[${value}]]></wp:${name}>`)
  return `<wp:comment>${lines.join('\n')}<wp:commentmeta><wp:meta_key>akismet_user_agent</wp:meta_key></wp:commentmeta></wp:comment>`
}

/** A post of an export, with its comments. */
const post = (fields: Record<string, string>, ...parts: string[]) => {
  const all = {
    title: 'First',
    link: 'https://blog.example/first/',
    'wp:post_id': '7',
    'wp:comment_status': 'open',
    'wp:status': 'publish',
    'wp:post_parent': '0',
    'wp:post_type': 'post',
    'wp:post_password': '',
    ...fields,
  }
  const lines = Object.entries(all).map(([name, value]) => `<${name}>${value}</${name}>`)
  return `<item>\n${lines.join('\n')}\n<content:encoded><![CDATA[Text]]></content:encoded>\n${parts.join('\n')}</item>`
}

const file = (...parts: string[]) => `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<link>https://blog.example</link>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://blog.example</wp:base_blog_url>
${parts.join('\n')}
</channel>
</rss>`

const read = (...parts: string[]) => entriesOf(wxr, file(...parts))

describe('WordPress’s export', () => {
  it('brings a comment with all that stays of it', async () => {
    const text = file(
      post({}, comment({ comment_id: 5, comment_parent: 3, comment_content: 'One\n\n<b>two</b>' })),
    )
    const entries = await entriesOf(wxr, text)
    expect(entries).toEqual([
      { kind: 'thread', page: { address: 'https://blog.example/first/', title: 'First' }, closed: false },
      {
        kind: 'comment',
        id: 'blog.example 5',
        parentId: 'blog.example 3',
        page: { address: 'https://blog.example/first/', title: 'First' },
        author: { name: 'Ada', email: 'ada@example.org', url: null, identity: null, isStaff: false },
        body: 'One\n\n<b>two</b>',
        form: 'lines',
        createdAt: Date.UTC(2020, 0, 2, 3, 4, 5),
        editedAt: null,
        status: 'approved',
        decided: true,
        likes: 0,
        pinned: false,
        line: text.slice(0, text.indexOf('<wp:comment>')).split('\n').length,
      },
    ])
    expect(JSON.stringify(entries)).not.toContain('203.0.113')
  })

  it('takes a blog’s address as it stands, whatever slashes it has', async () => {
    const slashes = '/'.repeat(400_000)
    const text = file(post({ link: '' }, comment())).replaceAll(
      'https://blog.example<',
      `https://blog.example${slashes}x//<`,
    )
    const [, one] = await entriesOf(wxr, text)
    expect(one).toMatchObject({
      id: `blog.example${slashes}x 1`,
      page: { address: `https://blog.example${slashes}x/?p=7` },
    })
  })

  it('keeps states', async () => {
    const states = ['1', '0', 'spam', 'trash', 'post-trashed', 'hold', 'approve']
    const entries = await read(
      post({}, ...states.map((comment_approved, comment_id) => comment({ comment_id, comment_approved }))),
    )
    expect(comments(entries).map(({ status, decided }) => `${status} ${decided}`)).toEqual([
      ...['approved true', 'pending false', 'spam true', 'deleted false', 'deleted false', 'pending false'],
      'approved true',
    ])
  })

  it('leaves out what was never public, and says why', async () => {
    const hidden: [string, Record<string, string>][] = [
      ['draft', { 'wp:status': 'draft' }],
      ['draft', { 'wp:status': 'future' }],
      ['draft', { 'wp:status': 'pending' }],
      ['private', { 'wp:status': 'private' }],
      ['private', { 'wp:status': 'wc-completed' }],
      ['private', { 'wp:status': 'constructor' }],
      ['password', { 'wp:post_password': 'secret' }],
      ['no_page', { 'wp:status': 'trash' }],
      ['no_page', { link: '', 'wp:post_id': '' }],
    ]
    for (const [reason, fields] of hidden) {
      const entries = await read(post(fields, comment(), comment({ comment_id: 2, comment_parent: 1 })))
      expect(entries, JSON.stringify(fields)).toMatchObject([
        { kind: 'leftOut', reason, id: 'blog.example 1', parentId: null },
        { kind: 'leftOut', reason, id: 'blog.example 2', parentId: 'blog.example 1' },
      ])
    }
    const types = ['note', 'order_note', 'pingback', 'trackback', 'activity', 'constructor']
    const entries = await read(
      post({}, ...types.map((comment_type) => comment({ comment_type, comment_approved: 0 }))),
    )
    expect(leftOut(entries).map(({ reason }) => reason)).toEqual([
      ...['staff_note', 'order_note', 'pingback', 'trackback', 'unknown_type', 'unknown_type'],
    ])
    expect(comments(entries)).toEqual([])
  })

  it('brings reviews of public posts, and none of others', async () => {
    const entries = await read(
      post({ 'wp:post_type': 'product' }, comment({ comment_type: 'review' })),
      post({ 'wp:post_type': 'product', 'wp:status': 'private' }, comment({ comment_type: 'review' })),
    )
    expect(comments(entries)).toHaveLength(1)
    expect(leftOut(entries)).toMatchObject([{ reason: 'review' }])
  })

  it('brings pings where they are asked for', async () => {
    const text = file(post({}, comment({ comment_type: 'pingback' }), comment({ comment_type: 'trackback' })))
    expect(comments(await entriesOf(wxr, text, { pings: true }))).toHaveLength(2)
  })

  it('takes what a post says after its comments for what it is', async () => {
    const head = (status: string) =>
      `<item><title>T</title>${comment()}<wp:status>${status}</wp:status></item>`
    expect(await read(head('private'))).toMatchObject([{ kind: 'leftOut', reason: 'private' }])
    expect(comments(await read(head('publish')))).toEqual([])
    expect(
      comments(await read(head('publish').replace('<title>', '<link>https://blog.example/b</link><title>'))),
    ).toHaveLength(1)
    const password = `<item><link>https://blog.example/b</link><wp:status>publish</wp:status>${comment()}<wp:post_password>x</wp:post_password></item>`
    expect(await read(password)).toMatchObject([{ kind: 'leftOut', reason: 'password' }])
  })

  it('does not trust a post whose comments are too many to wait for its status', async () => {
    const many = Array.from({ length: 30 }, () => comment({ comment_content: 'x'.repeat(100_000) }))
    const entries = await read(
      `<item><link>https://blog.example/b</link>${many.join('')}<wp:status>private</wp:status></item>`,
    )
    expect(comments(entries)).toEqual([])
    expect(leftOut(entries)).toHaveLength(30)
    const known = await read(
      `<item><link>https://blog.example/b</link><wp:status>publish</wp:status>${many.join('')}</item>`,
    )
    expect(comments(known)).toHaveLength(30)
  })

  it('knows attachments to be as public as their posts, wherever these are in the file', async () => {
    const attached = (parent: string, id: number) =>
      post(
        {
          'wp:post_type': 'attachment',
          'wp:status': 'inherit',
          'wp:post_parent': parent,
          link: `https://blog.example/${id}`,
        },
        comment({ comment_id: id }),
      )
    const entries = await read(
      attached('20', 1),
      attached('21', 2),
      attached('0', 3),
      post({ 'wp:post_id': '20', 'wp:status': 'private' }),
      post({ 'wp:post_id': '21' }),
    )
    expect(leftOut(entries)).toMatchObject([{ reason: 'private', id: 'blog.example 1' }])
    expect(comments(entries).map(({ id }) => id)).toEqual(['blog.example 2', 'blog.example 3'])
  })

  it('reads a file once, where no attachment has comments', async () => {
    let times = 0
    const text = {
      async *[Symbol.asyncIterator]() {
        times++
        yield file(
          post({ 'wp:post_type': 'attachment', 'wp:status': 'inherit', 'wp:post_parent': '7' }),
          post({}, comment()),
        )
      },
    }
    for await (const _ of wxr.read(text, { file: '', pings: false, origin: '' }));
    expect(times).toBe(1)
  })

  it('tells closed pages, and where a page without an address is', async () => {
    const entries = await read(
      post({ 'wp:comment_status': 'closed' }),
      post({ 'wp:comment_status': 'closed', 'wp:post_type': 'nav_menu_item' }),
      post({ link: '', 'wp:post_id': '9', title: 'Q&amp;amp;A <![CDATA[<em>now</em>]]>' }, comment()),
    )
    expect(entries).toMatchObject([
      { kind: 'thread', closed: true },
      { kind: 'thread', closed: false, page: { address: 'https://blog.example/?p=9', title: 'Q&A now' } },
      { kind: 'comment' },
    ])
  })

  it('takes the local time where there is no other, and none for dates that are none', async () => {
    const dates: Record<string, string>[] = [
      { comment_date_gmt: '0000-00-00 00:00:00' },
      { comment_date_gmt: '0000-00-00 00:00:00', comment_date: '0000-00-00 00:00:00' },
      { comment_date_gmt: '2021-02-30 00:00:00', comment_date: 'yesterday' },
      { comment_date_gmt: '2199-01-01 00:00:00' },
    ]
    const entries = await read(post({}, ...dates.map((fields) => comment(fields))))
    expect(comments(entries).map(({ createdAt }) => createdAt)).toEqual([
      { local: '2020-01-02T12:04:05' },
      { local: '0000-00-00 00:00:00' },
      { local: 'yesterday' },
      Date.UTC(2199, 0, 1),
    ])
  })

  it('tells accounts, and staff of them', async () => {
    const entries = await read(
      '<wp:author><wp:author_id>4</wp:author_id><wp:author_login>ada</wp:author_login></wp:author>',
      post(
        {},
        comment({ comment_user_id: 4 }),
        comment({ comment_user_id: 5 }),
        comment({ comment_author: 'Tom &amp; Ann' }),
      ),
    )
    expect(comments(entries).map(({ author }) => [author.name, author.identity, author.isStaff])).toEqual([
      ['Ada', 'blog.example user 4', true],
      ['Ada', 'blog.example user 5', false],
      ['Tom & Ann', null, false],
    ])
  })

  it.each(['1.0', '1.1', '1.2'])('reads version %s by whatever prefix', async (version) => {
    const text = file(post({}, comment()))
      .replaceAll('export/1.2', `export/${version}`)
      .replaceAll('wp:', 'ns0:')
      .replace('xmlns:wp', 'xmlns:ns0')
    expect(wxr.detect(text)).toBe(true)
    expect(comments(await entriesOf(wxr, text))).toHaveLength(1)
  })

  it('keeps what a file that was cut off has', async () => {
    const whole = file(post({}, comment(), comment({ comment_id: 2 }), comment({ comment_id: 3 })))
    const entries = await entriesOf(wxr, whole.slice(0, whole.lastIndexOf('Good.')))
    expect(comments(entries).map(({ id }) => id)).toEqual(['blog.example 1', 'blog.example 2'])
    const told = entries.flatMap((entry) => (entry.kind === 'broken' ? [entry.message] : []))
    expect(told).toEqual([
      'The file ends within <wp:comment_content>: it was cut off. What came before is kept; export it again for the rest.',
    ])
  })

  it('keeps ids and circles as they are', async () => {
    const entries = await read(
      post({}, comment({ comment_parent: 1 }), comment(), comment({ comment_id: 2, comment_parent: 2 })),
    )
    expect(comments(entries).map(({ id, parentId }) => [id?.slice(-1), parentId?.slice(-1)])).toEqual([
      ['1', '1'],
      ['1', undefined],
      ['2', '2'],
    ])
  })
})

describe('Files of the collection', () => {
  const all = new XMLParser({
    parseTagValue: false,
    trimValues: true,
    isArray: (name) => /^(item|wp:comment)$/.test(name),
  })
  const files = ['wxr-1.2-theme-test-data.xml', 'wxr-1.0-isso-tests.xml']

  it.runIf(hasExports).each(files)('%s is brought whole', async (name) => {
    const text = exported(name)
    // biome-ignore lint/suspicious/noExplicitAny: another reader's tree
    const items: any[] = all.parse(text).rss.channel.item
    const expected = items.flatMap((item) =>
      // biome-ignore lint/suspicious/noExplicitAny: another reader's tree
      (item['wp:comment'] ?? []).map((one: any) => {
        const isHidden =
          item['wp:post_password'] || !['publish', 'inherit', undefined].includes(item['wp:status'])
        const isPing = /back$/.test(one['wp:comment_type'] ?? '')
        return isHidden || isPing
          ? `out ${one['wp:comment_id']}`
          : [
              one['wp:comment_id'],
              one['wp:comment_parent'],
              one['wp:comment_approved'],
              Date.parse(`${one['wp:comment_date_gmt'].replace(' ', 'T')}Z`),
              item.link,
              one['wp:comment_content'].trim(),
            ].join(' ')
      }),
    )
    const last = (id: string | null) => id?.split(' ').at(-1) ?? '0'
    const states: Record<string, string> = { approved: '1', pending: '0', spam: 'spam', deleted: 'trash' }
    const entries = await entriesOf(wxr, text)
    const found = entries.filter((entry): entry is SourceComment | LeftOut =>
      /comment|leftOut/.test(entry.kind),
    )
    expect(
      found.map((one) =>
        one.kind === 'leftOut'
          ? `out ${last(one.id)}`
          : [
              last(one.id),
              last(one.parentId),
              states[one.status],
              one.createdAt,
              one.page.address,
              one.body,
            ].join(' '),
      ),
    ).toEqual(expected)
    expect(entries.filter(({ kind }) => kind === 'broken')).toEqual([])
  })
})
