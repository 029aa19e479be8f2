import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { packTar, unpackTar } from 'modern-tar'
import { describe, expect, it } from 'vitest'
import type { Entry, SourceComment } from '../../../../worker/importers/entry.ts'
import { openFile } from '../../../../worker/importers/opening/open.ts'

async function read(blob: Blob, name = 'comments.tar', origin = ''): Promise<Entry[]> {
  const file = await openFile(blob, name)
  expect(file.format).toBe('staticman')
  const entries: Entry[] = []
  for await (const entry of file.entries({ file: name, pings: false, origin })) entries.push(entry)
  return entries
}

async function readFolder(files: Record<string, string>, origin = '') {
  const entries = Object.entries(files).map(([name, body]) => ({
    header: { name, size: Buffer.byteLength(body) },
    body,
  }))
  return read(new Blob([await packTar(entries)]), 'comments.tar', origin)
}

const commentsOf = (entries: Entry[]) => entries.filter((one): one is SourceComment => one.kind === 'comment')

const comment = (fields: Record<string, string>) =>
  Object.entries({ name: 'Hana', date: '2020-01-02T03:04:05Z', message: '"Hi"', ...fields })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')

it('a comment of a folder has all that it says', async () => {
  const file = `_id: ab93f630
message: "Hello **you**\\r\\n\\r\\nagain"
name: 'Hana'
email: 5d41402abc4b2a76b9719d911017c592
url: https://hana.example
replying_to: ''
hidden: ''
date: '2017-04-14T17:49:13.413Z'
`
  expect(await readFolder({ 'site/_data/comments/walks/by-the-sea/entry1.yml': file })).toEqual([
    {
      kind: 'comment',
      id: 'ab93f630',
      parentId: null,
      page: { address: 'walks/by-the-sea', title: '' },
      author: {
        name: 'Hana',
        email: null,
        url: 'https://hana.example',
        identity: '5d41402abc4b2a76b9719d911017c592',
        isStaff: false,
      },
      body: 'Hello **you**\r\n\r\nagain',
      form: 'markdown',
      createdAt: Date.parse('2017-04-14T17:49:13.413Z'),
      editedAt: null,
      status: 'approved',
      decided: true,
      likes: 0,
      pinned: false,
      line: 1,
    },
  ])
})

describe('what a comment answers', () => {
  it('is told by the number of those that answer none, in the order of their files', async () => {
    const entries = await readFolder({
      'comments/p/c5.yml': comment({ replying_to: "'2-1'", id: 'e' }),
      'comments/p/c4.yml': comment({ id: 'd' }),
      'comments/p/c2.yml': comment({ replying_to: "'1'", id: 'b' }),
      'comments/p/c1.yml': comment({ id: 'a' }),
      'comments/p/c3.yml': comment({ replying_to: '2', id: 'c' }),
      'comments/other/c1.yml': comment({ replying_to: "'9'", id: 'z' }),
    })
    expect(commentsOf(entries).map(({ id, parentId }) => [id, parentId])).toEqual([
      ['z', 'other#9'],
      ['a', null],
      ['b', 'a'],
      ['c', 'd'],
      ['d', null],
      ['e', 'c'],
    ])
  })

  it('is told by an id', async () => {
    const entries = await readFolder({
      'comments/p/1.yml': comment({ _id: 'one', _parent: '/p/' }),
      'comments/p/2.yml': comment({ _id: 'two', _parent: 'one' }),
      'comments/p/3.yml': comment({ _id: 'three', reply_to: 'two' }),
    })
    expect(commentsOf(entries).map(({ parentId, page }) => [parentId, page.address])).toEqual([
      [null, '/p/'],
      ['one', 'p'],
      ['two', 'p'],
    ])
  })
})

it.each([
  ['1577934245', 1_577_934_245_000],
  ["'1577934245123'", 1_577_934_245_123],
  ['2020-01-02 03:04', { local: '2020-01-02T03:04:00' }],
  ['2020-01-02T03:04:05+09:00', Date.parse('2020-01-02T03:04:05+09:00')],
])('the time %s', async (date, time) => {
  const [one] = commentsOf(await readFolder({ 'comments/p/1.yml': comment({ date }) }))
  expect(one?.createdAt).toEqual(time)
})

describe('several comments in one file', () => {
  const one = 'name: A\ndate: 2020-01-02\nmessage: One\n'
  const two = 'name: B\ndate: 2020-01-02\nmessage: Two\n'
  const indented = (text: string) => text.replace(/^/gm, '  ').trimEnd()

  it('a list is a page by its own name', async () => {
    const list = `- ${indented(one).trim()}\n- ${indented(two).trim()}\n`
    const entries = await read(new Blob([list]), 'a-walk.yml', 'https://a.example')
    expect(commentsOf(entries).map(({ id, body, page }) => [id, body, page.address])).toEqual([
      ['a-walk/a-walk-1', 'One', 'https://a.example/a-walk'],
      ['a-walk/a-walk-2', 'Two', 'https://a.example/a-walk'],
    ])
  })

  it('documents and names are comments that say themselves where they belong', async () => {
    for (const text of [
      `${one}slug: p\n---\n${two}slug: p\n`,
      `c1:\n${indented(one)}\n  slug: p\nc2:\n${indented(two)}\n  slug: p\n`,
    ])
      expect(
        commentsOf(await read(new Blob([text]), 'all.yml')).map(({ body, page }) => [body, page.address]),
      ).toEqual([
        ['One', 'p'],
        ['Two', 'p'],
      ])
    expect(await read(new Blob([one]), 'all.yml')).toMatchObject([{ kind: 'leftOut', reason: 'no_page' }])
  })
})

it('values stay texts, and keys of objects are nothing', async () => {
  const [one] = commentsOf(
    await readFolder({
      'comments/p/1.yml': comment({ message: '0123', name: 'no', __proto__x: 'a', constructor: 'b' }),
    }),
  )
  expect(one).toMatchObject({ body: '0123', author: { name: 'no' } })
})

describe('what cannot be read is told, and the others are read', () => {
  const good = {
    'comments/p/1.yml': comment({ id: 'a' }),
    'comments/p/3.yml': comment({ id: 'c', replying_to: '2' }),
  }

  it.each([
    ['broken YAML', `${comment({ id: 'b' })}url: [\n`],
    [
      'a bomb of aliases',
      `${comment({ id: 'b' })}a: &a [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, at) => `${'bcdefghij'[at]}: &${'bcdefghij'[at]} [${`*${'abcdefghi'[at]}, `.repeat(9)}]\n`).join('')}`,
    ],
    ['a deep nest', `${comment({ id: 'b' })}x: ${'['.repeat(100_000)}\n`],
    ['a huge file', `${comment({ id: 'b' })}x: ${'y'.repeat(9_000_000)}\n`],
  ])('%s', async (_, file) => {
    const entries = await readFolder({ ...good, 'comments/p/2.yml': file })
    expect(commentsOf(entries).map(({ id }) => id)).toEqual(['a', 'c'])
    expect(entries.filter(({ kind }) => kind === 'broken')).toMatchObject([
      { message: expect.stringContaining('comments/p/2.yml') },
    ])
  })
})

const export120 = join(import.meta.dirname, '../../../../../shared/exports/staticman-120.tar.gz')

describe.runIf(existsSync(export120))('a real site’s folder', () => {
  it('has every comment accounted for, with its parent and time', async () => {
    const entries = await read(new Blob([readFileSync(export120)]), 'staticman-120.tar.gz')
    // Read by lines, in another way than the importer does.
    const unpacked = await unpackTar(gunzipSync(readFileSync(export120)))
    const files = unpacked
      .filter(({ header }) => header.name.endsWith('.yml'))
      .map(({ header, data }) => ({ path: header.name, text: new TextDecoder().decode(data) }))
      .toSorted((one, other) => (one.path < other.path ? -1 : 1))
    const seen = files.map(({ path, text }) => {
      const value = (key: string) =>
        new RegExp(`^${key}:[ ]*'?"?([^'"\\n]*)`, 'm').exec(text)?.[1]?.trim() ?? ''
      const folder = path.split('/').at(-2) ?? ''
      return {
        folder,
        id: value('_id') || value('id') || `${folder}/${path.split('/').at(-1)?.slice(0, -4)}`,
        date: value('date'),
        to: value('replying_to'),
        whole: /^message:/m.test(text),
      }
    })
    const expected = seen
      .filter(({ whole }) => whole)
      .map(({ folder, id, date, to }) => {
        const tops = seen.filter((one) => one.folder === folder && one.to === '')
        return {
          id,
          createdAt: Date.parse(date),
          parentId: to === '' ? null : (tops[Number(to) - 1]?.id ?? `${folder}#${to}`),
        }
      })
    const comments = commentsOf(entries).map(({ id, createdAt, parentId }) => ({ id, createdAt, parentId }))
    expect(comments).toEqual(expected)
    expect(entries.length).toBe(files.length)
  })
})
