import { describe, expect, it } from 'vitest'
import type { Entry, SourceComment } from '../../../../worker/importers/entry.ts'
import { movableType } from '../../../../worker/importers/formats/movableType.ts'

/** Text that comes in pieces of a size, so that lines lie across them. */
const pieces = (text: string, size: number): AsyncIterable<string> => ({
  async *[Symbol.asyncIterator]() {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
  },
})

async function read(text: string, options = {}, size = 7): Promise<Entry[]> {
  const entries: Entry[] = []
  const all = { file: 'export.txt', pings: false, origin: '', ...options }
  for await (const entry of movableType.read(pieces(text, size), all)) entries.push(entry)
  return entries
}

const commentsOf = (entries: Entry[]) => entries.filter((one): one is SourceComment => one.kind === 'comment')

const blogEntry = (keys: string, ...sections: string[]) =>
  `AUTHOR: Mori\nTITLE: A walk\n${keys}\nDATE: 08/08/2007 03:00:00 PM\n-----\nBODY:\nText.\n-----\nEXTENDED BODY:\n\n-----\n${sections.map((one) => `${one}\n-----\n`).join('')}--------\n`

const comment = (text: string, keys = 'DATE: 08/09/2007 12:30:01 AM') =>
  `COMMENT:\nAUTHOR: Hana\nEMAIL: hana@reader.example\nIP: 192.0.2.7\nURL: https://hana.example/\n${keys}\n${text}`

it('a file is known by its form, in whatever case its keys are', () => {
  expect(movableType.detect(blogEntry('BASENAME: a_walk'))).toBe(true)
  expect(movableType.detect(blogEntry('BASENAME: a_walk').replaceAll('\n', '\r\n').toLowerCase())).toBe(true)
  expect(movableType.detect('Title: a letter\n\nBODY of it\n-----\n')).toBe(false)
  expect(movableType.detect('{"TITLE": "x"}')).toBe(false)
})

it('a comment has its author, time and text, and no address of a machine', async () => {
  const entries = await read(blogEntry('BASENAME: a_walk', comment('First line.\n\n  Second line.')))
  expect(entries).toEqual([
    { kind: 'thread', page: { address: 'a_walk', title: 'A walk' }, closed: false },
    {
      kind: 'comment',
      id: null,
      parentId: null,
      page: { address: 'a_walk', title: 'A walk' },
      author: {
        name: 'Hana',
        email: 'hana@reader.example',
        url: 'https://hana.example/',
        identity: null,
        isStaff: false,
      },
      body: 'First line.\n\n  Second line.',
      form: 'text',
      createdAt: { local: '2007-08-09T00:30:01' },
      editedAt: null,
      status: 'approved',
      decided: false,
      likes: 0,
      pinned: false,
      line: 12,
    },
  ])
})

it.each([
  ['08/09/2007 12:30:01 PM', '2007-08-09T12:30:01'],
  ['08/09/2007 11:30:01 pm', '2007-08-09T23:30:01'],
  ['08/09/2007 15:30:01', '2007-08-09T15:30:01'],
  ['08/09/2007 15:30:01 PM', '2007-08-09T15:30:01'],
  ['8/9/07 5:03', '2007-08-09T05:03:00'],
  ['2007-08-09 05:03:04', '2007-08-09T05:03:04'],
  ['2007/08/09 05:03:04', '2007-08-09T05:03:04'],
  ['yesterday', 'yesterday'],
])('the time %s is read as %s', async (written, local) => {
  const [one] = commentsOf(await read(blogEntry('', comment('Hi', `DATE: ${written}`))))
  expect(one?.createdAt).toEqual({ local })
})

it('keys after the date, in lower case, and lines that look like keys again', async () => {
  const text =
    'comment:\nauthor: Ken\ndate: 02/01/2002 04:02:07\nip: 192.0.2.1\nurl: https://a.example\nURL: is a word\nHi'
  const [one] = commentsOf(await read(blogEntry('', text)))
  expect(one).toMatchObject({ body: 'URL: is a word\nHi', author: { name: 'Ken', url: 'https://a.example' } })
})

it('lines with very many spaces in them', async () => {
  const spaces = ' '.repeat(240_000)
  const text = comment('Hi', `BLOG NAME: a${spaces}b`)
  const [one] = commentsOf(await read(blogEntry(`BASENAME: a${spaces}b`, text), {}, 9999))
  expect(one).toMatchObject({ body: 'Hi', page: { address: `a${spaces}b` } })
})

describe('lines of hyphens', () => {
  it('that were escaped by a TAB are lines of the text', async () => {
    const [one] = commentsOf(await read(blogEntry('', comment('Above\n\t-----\nbelow\n\t--------\nend'))))
    expect(one?.body).toBe('Above\n-----\nbelow\n--------\nend')
  })

  it('that somebody wrote end neither a comment nor an entry', async () => {
    const text = comment('Above\n-----\n\nConclusion:\nbelow\n--------\nthe rest\n-----\n--------\nlast')
    const entries = await read(blogEntry('', text, comment('Another')))
    expect(commentsOf(entries).map(({ body }) => body)).toEqual([
      'Above\n-----\n\nConclusion:\nbelow\n--------\nthe rest\n--------\nlast',
      'Another',
    ])
  })
})

it.each([
  ['\n', 1],
  ['\r\n', 1],
  ['\r\n', 1000],
  ['\r', 3],
])('lines may end with %j, in pieces of %d', async (end, size) => {
  const entries = await read(blogEntry('', comment('One\n\nTwo')).replaceAll('\n', end), {}, size)
  expect(commentsOf(entries).map(({ body }) => body)).toEqual(['One\n\nTwo'])
})

it('NUL and a lone CR in a text stay', async () => {
  const [one] = commentsOf(await read(blogEntry('', comment('a\0b\rc'))))
  expect(one?.body).toBe('a\0b\rc')
})

it('tells HTML, HTML whose lines count, and text', async () => {
  const bodies = ['<p>One</p>', 'One\n<b>two</b>', 'if (a<b && b>c) return', 'a &lt; b', 'I <3 you']
  const entries = await read(blogEntry('', ...bodies.map((body) => comment(body))))
  expect(commentsOf(entries).map(({ form }) => form)).toEqual(['html', 'lines', 'text', 'lines', 'text'])
})

it('what is no public comment is left out with its reason', async () => {
  const ping =
    'PING:\nTITLE: On a walk\nURL: https://b.example/1\nBLOG NAME: B\nDATE: 08/10/2007 01:00:00 AM\nAn excerpt'
  const file =
    blogEntry('STATUS: Publish\nALLOW COMMENTS: 0', ping, comment('', 'DATE: 08/10/2007 01:00:00 AM')) +
    blogEntry('STATUS: Draft', comment('On a draft')) +
    blogEntry('', comment('For the author', 'DATE: 08/10/2007 01:00:00\nSECRET: 1\nPASS: 5f4dcc3b5aa7')) +
    blogEntry('', comment('x'.repeat(300_000)))
  const entries = await read(file)
  expect(entries.flatMap((one) => (one.kind === 'leftOut' ? [one.reason] : []))).toEqual([
    'trackback',
    'empty',
    'draft',
    'private',
    'too_long',
  ])
  expect(entries.flatMap((one) => (one.kind === 'thread' ? [one.closed] : []))).toEqual([true, false, false])
  const [brought] = commentsOf(await read(file, { pings: true }))
  expect(brought).toMatchObject({
    body: 'On a walk\n\nAn excerpt',
    author: { name: 'B', url: 'https://b.example/1' },
  })
  expect(JSON.stringify(entries)).not.toMatch(/192\.0\.2|5f4dcc3b/)
})

describe('where an entry was', () => {
  const addressOf = async (keys: string, text = '', origin = '') => {
    const [one] = commentsOf(await read(blogEntry(keys, comment(text || 'Hi')), { origin }))
    return one?.page.address
  }

  it.each([
    ['Hatena, by time', 'BASENAME: 2017/04/09/194939', '', '/entry/2017/04/09/194939'],
    ['Hatena Diary', 'BASENAME: 20110515/1305496155', '', '/entry/20110515/1305496155'],
    ['Hatena, by name', 'BASENAME: walk', 'https://cdn.st-hatena.com/a.png', '/entry/walk'],
    ['Hatena, without a name', '', 'https://a.hatenablog.com/', '/entry/2007/08/08/150000'],
    ['livedoor', 'BASENAME: 1234', 'https://livedoor.blogimg.jp/a.png', '/archives/1234.html'],
    ['livedoor, with a path', 'BASENAME: 1234\nPATH: archives/walk.html', '', '/archives/walk.html'],
    ['FC2', 'BASENAME: blog-entry-12.html', '', '/blog-entry-12.html'],
    ['FC2, by number', 'BASENAME: 12', 'https://blog-imgs-1.fc2.com/a.png', '/blog-entry-12.html'],
    ['Seesaa', 'BASENAME: 436262667', 'https://a.up.seesaa.net/a.png', '/article/436262667.html'],
    ['goo', `BASENAME: ${'0123456789abcdef'.repeat(2)}`, '', `/e/${'0123456789abcdef'.repeat(2)}`],
    [
      'Typepad',
      'UNIQUE URL: https://a.example/b/2004/04/c.html\nBASENAME: c',
      '',
      'https://a.example/b/2004/04/c.html',
    ],
    ['one whose rule is not known', 'BASENAME: a_walk', '', 'a_walk'],
    ['one without names', '', '', '2007-08-08 15:00:00 A walk'],
  ])('%s', async (_, keys, text, address) => {
    expect(await addressOf(keys, text)).toBe(address)
  })

  it('stands below what was given', async () => {
    expect(await addressOf('BASENAME: a_walk', '', 'https://a.example/blog')).toBe(
      'https://a.example/blog/a_walk',
    )
    expect(await addressOf('BASENAME: 2017/04/09/194939', '', 'https://a.example')).toBe(
      'https://a.example/entry/2017/04/09/194939',
    )
  })
})

it('a file that ends early keeps what came before, and says where', async () => {
  const file = blogEntry('', comment('Whole'), comment('Cut off in the middle'))
  const entries = await read(file.slice(0, file.indexOf('the middle')))
  expect(commentsOf(entries).map(({ body }) => body)).toEqual(['Whole', 'Cut off in'])
  expect(entries.at(-1)).toMatchObject({ kind: 'broken', line: 20 })
})

it('a line of 100 MB is cut, and what follows it is read', async () => {
  const long: AsyncIterable<string> = {
    async *[Symbol.asyncIterator]() {
      yield blogEntry('', comment('Before')).slice(0, -9)
      yield 'COMMENT:\nAUTHOR: A\nDATE: 08/09/2007 12:30:01\n'
      for (let at = 0; at < 1600; at++) yield 'x'.repeat(65_536)
      yield `\n-----\n${comment('After')}\n-----\n--------\n`
    },
  }
  const entries: Entry[] = []
  for await (const entry of movableType.read(long, { file: '', pings: false, origin: '' }))
    entries.push(entry)
  expect(
    entries.map((one) =>
      one.kind === 'comment' ? one.body : one.kind === 'leftOut' ? one.reason : one.kind,
    ),
  ).toEqual(['thread', 'Before', 'too_long', 'After'])
})
