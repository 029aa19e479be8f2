import initSqlJs from 'sql.js'
import { expect, it } from 'vitest'
import { canonicalKey } from '../../../../worker/contract/canonicalKey.ts'
import type { Entry } from '../../../../worker/importers/entry.ts'
import { isso } from '../../../../worker/importers/formats/isso.ts'
import { markdownBody } from '../../../../worker/importers/markdown.ts'
import { openFile } from '../../../../worker/importers/opening/open.ts'

const { Database } = await initSqlJs()

type Value = number | string | null

const columns = [
  'tid',
  'id',
  'parent',
  'created',
  'modified',
  'mode',
  'text',
  'author',
  'email',
  'website',
  'likes',
]

/** A database as Isso makes it: of schema 3 without a column that 4 has, of 5 with texts that are never null. */
function databaseOf(version: 3 | 4 | 5, rows: Partial<Record<string, Value>>[]): Uint8Array<ArrayBuffer> {
  const database = new Database()
  database.run(`CREATE TABLE preferences (key VARCHAR PRIMARY KEY, value VARCHAR);
    CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
    CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL,
      modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR ${version === 5 ? 'NOT NULL' : ''}, author VARCHAR,
      email VARCHAR, website VARCHAR, likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL
      ${version > 3 ? ', notification INTEGER NOT NULL DEFAULT 0' : ''});
    INSERT INTO preferences VALUES ('session-key', 'a-secret-key');
    INSERT INTO threads VALUES (1, '/walk/', 'A walk'), (2, '/sea/', NULL)`)
  for (const row of rows) {
    const all: Record<string, Value> = {
      tid: 1,
      parent: null,
      created: 1.5,
      mode: 1,
      text: 'Hi',
      likes: 0,
      ...row,
    } as never
    const names = columns.filter((name) => name in all)
    database.run(
      `INSERT INTO comments (${names.join(', ')}, remote_addr, voters) VALUES (${names.map(() => '?').join(', ')}, '192.0.2.0', x'00ff')`,
      names.map((name) => all[name] ?? null),
    )
  }
  database.run(`PRAGMA user_version = ${version}`)
  const bytes = database.export() as Uint8Array<ArrayBuffer>
  database.close()
  return bytes
}

async function read(bytes: Uint8Array<ArrayBuffer> | string, format = 'isso'): Promise<Entry[]> {
  const file = await openFile(new Blob([bytes]), 'comments.db')
  expect(file.format).toBe(format)
  const entries: Entry[] = []
  for await (const entry of file.entries({ file: '', pings: false, origin: '' })) entries.push(entry)
  return entries
}

const full = {
  ...{ tid: 2, id: 7, parent: 3, created: 1_386_000_000.25, modified: 1_386_000_060.5, mode: 1 },
  ...{
    text: 'Hello **world**\nagain',
    author: 'Hana',
    email: 'hana@reader.example',
    website: 'https://hana.example',
  },
  likes: 4,
}

it.each([3, 4, 5] as const)(
  'a comment of schema %d has all that it says, and no address of a machine',
  async (version) => {
    const entries = await read(databaseOf(version, [full]))
    expect(entries).toEqual([
      {
        kind: 'comment',
        id: '7',
        parentId: '3',
        page: { address: '/sea/', title: '' },
        author: {
          name: 'Hana',
          email: 'hana@reader.example',
          url: 'https://hana.example',
          identity: null,
          isStaff: false,
        },
        body: 'Hello **world**\nagain',
        form: 'markdown',
        createdAt: 1_386_000_000_250,
        editedAt: 1_386_000_060_500,
        status: 'approved',
        decided: false,
        likes: 4,
        pinned: false,
        line: 7,
      },
    ])
    expect(JSON.stringify(entries)).not.toMatch(/192\.0\.2|secret/)
  },
)

it('states are kept; where some wait, somebody let the others pass', async () => {
  const entries = await read(databaseOf(5, [{ mode: 1 }, { mode: 2 }, { mode: 4 }, { mode: 9 }]))
  expect(entries.map((one) => one.kind === 'comment' && [one.status, one.decided])).toEqual([
    ['approved', true],
    ['pending', false],
    ['deleted', false],
    ['pending', false],
  ])
})

it('what Isso had imported is HTML, and Markdown stays byte for byte', async () => {
  const texts = [
    '<p>One</p>',
    'See <a href="https://a.example">this</a>',
    'Use `<p>` here',
    '*one*\n\n    <br>',
    'a < b & c',
  ]
  const entries = await read(
    databaseOf(
      3,
      texts.map((text) => ({ text })),
    ),
  )
  expect(entries.map((one) => one.kind === 'comment' && [one.body, one.form])).toEqual(
    texts.map((text, at) => [text, ['html', 'lines', 'markdown', 'markdown', 'markdown'][at]]),
  )
})

it('a deleted one keeps its place; what has no text or no page is left out', async () => {
  const entries = await read(
    databaseOf(4, [
      { id: 1, mode: 4, text: '' },
      { id: 2, parent: 1, mode: 1, text: null },
      { id: 3, tid: 99, text: 'Lost' },
    ]),
  )
  expect(entries).toMatchObject([
    { kind: 'comment', id: '1', status: 'deleted', body: '' },
    { kind: 'leftOut', reason: 'empty', id: '2', parentId: '1', line: 2 },
    { kind: 'leftOut', reason: 'no_page', id: '3', parentId: null, line: 3 },
  ])
})

it('a site that Isso brought from Disqus is the same by either file', async () => {
  const texts = [
    '<p>One <a href="https://a.example/x">link</a></p>',
    '<p>By way of <a href="https://disq.us/url?url=https%3A%2F%2Fb.example%2F%3Aabcdefghijklmnopqrstuvwxyz&amp;cuid=1">Disqus</a></p>',
    '<p>Two</p><p><b>bold</b><br>and a line, 2 * 3 * 4</p>',
    'See <a href="https://c.example">that</a>',
    '<blockquote>a quote</blockquote><pre><code>    if (a &lt; b)</code></pre>',
  ]
  const posts = texts.map((text, at) => ({ text, at, deleted: at === 2, time: 1_386_000_000 + at }))
  const xml = `<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><id>x</id><link>https://blog.example/walk/</link><title>A walk</title></thread>
${posts
  .map(
    ({ text, at, deleted, time }) => `<post dsq:id="${at + 50}"><message><![CDATA[${text}]]></message>
<createdAt>${new Date(time * 1000).toISOString().slice(0, 19)}Z</createdAt><isDeleted>${deleted}</isDeleted><isSpam>false</isSpam>
<author><name>Hana</name><email>hana@reader.example</email></author><thread dsq:id="1"/>${at ? `<parent dsq:id="${at + 49}"/>` : ''}</post>`,
  )
  .join('')}</disqus>`
  const rows = posts.map(({ text, at, deleted, time }) => ({
    ...{
      text,
      id: at + 1,
      created: time,
      mode: deleted ? 4 : 1,
      author: 'Hana',
      email: 'hana@reader.example',
    },
    // Isso has one level of answers.
    parent: at ? 1 : null,
  }))
  const known = (entries: Entry[]) =>
    entries.flatMap((one) =>
      one.kind === 'comment'
        ? [
            {
              ...{ key: canonicalKey(one.page.address), title: one.page.title, name: one.author.name },
              ...{
                email: one.author.email,
                at: one.createdAt,
                status: one.status,
                isAnswer: one.parentId !== null,
              },
              body: markdownBody(one),
            },
          ]
        : [],
    )
  const byDisqus = await read(xml, 'disqus')
  const byIsso = await read(databaseOf(3, rows))
  expect(byIsso.every((one) => one.kind === 'comment' && ['html', 'lines'].includes(one.form))).toBe(true)
  expect(known(byIsso)).toEqual(known(byDisqus))
})

it('times that are none stand as such', async () => {
  const entries = await read(databaseOf(3, [{ created: 'soon' }, { created: 9e99 }, { created: 0 }]))
  const never = { local: '0000-00-00T00:00:00' }
  expect(entries.map((one) => one.kind === 'comment' && one.createdAt)).toEqual([never, never, 0])
})

it('another database, a view that looks like Isso, and a damaged one are told', async () => {
  const other = new Database()
  other.run('CREATE TABLE notes (text)')
  expect(await read(other.export() as never)).toMatchObject([
    { kind: 'broken', message: expect.stringContaining('none of Isso') },
  ])
  const view = new Database()
  view.run(`CREATE TABLE threads (id, uri, title);
    CREATE VIEW comments AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n`)
  expect(await read(view.export() as never)).toMatchObject([
    { kind: 'broken', message: expect.stringContaining('none of Isso') },
  ])

  const rows = Array.from({ length: 2000 }, (_, at) => ({ text: `Comment ${at} ${'x'.repeat(90)}` }))
  const whole = databaseOf(5, rows)
  const cut = await read(whole.slice(0, whole.length / 2))
  expect(cut.at(-1)).toMatchObject({ kind: 'broken' })
  expect(await read(whole.slice(0, 60))).toMatchObject([{ kind: 'broken' }])
  const torn = whole.slice()
  torn.fill(0x5a, torn.length / 2, torn.length / 2 + 8192)
  const entries = await read(torn)
  expect(entries.length).toBeGreaterThan(500)
  expect(entries.at(-1)).toMatchObject({
    kind: 'broken',
    message: expect.stringContaining('damaged after comment'),
  })
})

it('a database that was written with a log beside it is read without', async () => {
  const bytes = databaseOf(5, [{ text: 'Hi' }])
  bytes.fill(2, 18, 20)
  expect(await read(bytes)).toMatchObject([{ kind: 'comment', body: 'Hi' }])
})

it('a database that is too large is refused before it is opened', async () => {
  async function* endless() {
    yield new TextEncoder().encode('SQLite format 3\0')
    for (;;) yield new Uint8Array(1024 * 1024)
  }
  const entries: Entry[] = []
  for await (const entry of isso.readBytes(endless(), { file: '', pings: false, origin: '' }))
    entries.push(entry)
  expect(entries).toMatchObject([{ kind: 'broken', message: expect.stringContaining('larger than 128 MB') }])
})
