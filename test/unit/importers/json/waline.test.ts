import { describe, expect, it } from 'vitest'
import { waline } from '../../../../worker/importers/formats/waline.ts'
import { commentsOf, entriesOf, lean, onlyComment } from './reading.ts'

describe('Waline', () => {
  const comment = {
    ...lean,
    comment: '**Hello** & <b>bye</b>',
    user_id: 7,
    like: 3,
    sticky: 1,
    insertedAt: '2020-01-02T03:04:05.678Z',
  }
  const users = [
    {
      objectId: 7,
      display_name: 'Admin Mei',
      email: 'admin@example.com',
      password: '$2a$08$secret',
      type: 'administrator',
      url: '',
    },
  ]
  const file = (...comments: object[]) => ({
    type: 'waline',
    version: 1,
    tables: ['Comment', 'Counter', 'Users'],
    data: { Comment: comments, Counter: [{ url: '/', time: 1 }], Users: users },
  })

  it('is known, also as the answer of its API', () => {
    expect(waline.detect(JSON.stringify(file(comment)))).toBe(true)
    expect(waline.detect(JSON.stringify({ errno: 0, data: file(comment) }))).toBe(true)
    expect(waline.detect(JSON.stringify([lean]))).toBe(false)
  })

  it('has the account of a comment, which stands after it', async () => {
    for (const source of [file(comment), { errno: 0, errmsg: '', data: file(comment) }]) {
      expect(onlyComment(await entriesOf(waline, source))).toMatchObject({
        author: { name: 'Admin Mei', email: 'admin@example.com', identity: '7', isStaff: true },
        body: '**Hello** & <b>bye</b>',
        form: 'markdown',
        likes: 3,
        pinned: true,
      })
    }
  })

  it('keeps states, and has numbers for ids where the storage has', async () => {
    const entries = await entriesOf(
      waline,
      file(
        { ...comment, objectId: 1, pid: null, rid: null, status: 'approved' },
        { ...comment, objectId: 2, pid: 1, rid: 1, status: 'waiting', user_id: null },
        { ...comment, objectId: 3, pid: 2, rid: 1, status: 'spam', user_id: 99 },
      ),
    )
    expect(commentsOf(entries).map((c) => [c.id, c.parentId, c.status, c.author.name])).toEqual([
      ['1', null, 'approved', 'Admin Mei'],
      ['2', '1', 'pending', 'Mei'],
      ['3', '2', 'spam', 'Mei'],
    ])
  })
})
