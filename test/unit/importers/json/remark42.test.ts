import { describe, expect, it } from 'vitest'
import { remark42 } from '../../../../worker/importers/formats/remark42.ts'
import { commentsOf, entriesOf, formatsOf, leftOut, onlyComment } from './reading.ts'

const meta = {
  version: 1,
  users: [{ id: 'github_a', blocked: { status: true }, email: 'secret@example.com' }],
  posts: [
    { url: 'https://blog.example/closed/', read_only: true },
    { url: 'https://blog.example/open/', read_only: false },
  ],
}

const one = {
  id: 'c2',
  pid: 'c1',
  text: '<p>A <em>b</em></p>\n',
  orig: 'A *b*',
  user: { name: 'Tom &amp; &#34;Jo&#34;', id: 'github_a', picture: 'x', ip: 'f1e2', admin: true },
  locator: { site: 'blog', url: 'https://blog.example/p/' },
  score: 1,
  votes: { github_b: true, github_c: true, github_d: false },
  voted_ips: { abc: { Timestamp: '2020-01-01T00:00:00Z', Value: true } },
  time: '2020-02-03T04:05:06.789123-06:00',
  edit: { time: '2020-02-03T05:05:06-06:00', summary: '' },
  pin: true,
  title: 'P',
}

const backup = (...comments: object[]) =>
  [meta, ...comments].map((value) => `${JSON.stringify(value)}\n`).join('')

describe('Remark42', () => {
  it('is known by its first line, or by a comment', () => {
    expect(formatsOf(backup(one))).toEqual(['remark42'])
    expect(formatsOf(JSON.stringify(one))).toEqual(['remark42'])
  })

  it('has comments, and which pages are closed', async () => {
    expect(await entriesOf(remark42, backup(one))).toEqual([
      { kind: 'thread', page: { address: 'https://blog.example/closed/', title: '' }, closed: true },
      {
        kind: 'comment',
        id: 'c2',
        parentId: 'c1',
        page: { address: 'https://blog.example/p/', title: 'P' },
        author: { name: 'Tom & "Jo"', email: null, url: null, identity: 'github_a', isStaff: true },
        body: 'A *b*',
        form: 'markdown',
        createdAt: Date.parse('2020-02-03T10:05:06.789Z'),
        editedAt: Date.parse('2020-02-03T11:05:06Z'),
        status: 'approved',
        decided: false,
        likes: 2,
        pinned: true,
        line: 2,
      },
    ])
  })

  it('takes the HTML where the source is not kept, or went through a sanitizer', async () => {
    for (const orig of ['', 'it&#39;s *b*', '1 &lt; 2']) {
      const comments = commentsOf(await entriesOf(remark42, backup({ ...one, orig })))
      expect(comments).toMatchObject([{ body: '<p>A <em>b</em></p>\n', form: 'html' }])
    }
  })

  it('keeps what was deleted without its text, and what that answered', async () => {
    const deleted = {
      ...one,
      text: '',
      orig: '',
      delete: true,
      votes: {},
      user: { name: 'deleted', id: 'deleted' },
    }
    expect(commentsOf(await entriesOf(remark42, backup(deleted)))).toMatchObject([
      { id: 'c2', parentId: 'c1', body: '', status: 'deleted', decided: true },
    ])
    expect(leftOut(await entriesOf(remark42, backup({ ...deleted, delete: false })))).toEqual([
      { kind: 'leftOut', reason: 'empty', id: 'c2', parentId: 'c1', line: 2 },
    ])
  })

  it('keeps what was deleted with its text as deleted', async () => {
    const text = JSON.stringify({ ...one, delete: true, user: { name: 'deleted', id: 'deleted' }, votes: {} })
    expect(onlyComment(await entriesOf(remark42, text))).toMatchObject({
      status: 'deleted',
      decided: true,
      author: { identity: null },
      likes: 1,
    })
  })
})
