import { describe, expect, it } from 'vitest'
import { coral } from '../../../../worker/importers/formats/coral.ts'
import { commentsOf, entriesOf, formatsOf, leftOut, onlyComment } from './reading.ts'

const tenant = { tenantID: 'tenant', siteID: 'site' }
const at = (time: string) => ({ $date: time })
const story = {
  ...{ _id: { $oid: '5f' }, id: 'story', ...tenant, url: 'https://blog.example/p/' },
  ...{ metadata: { title: 'P' }, createdAt: at('2020-01-01T00:00:00Z'), commentCounts: {} },
}
const user = {
  ...{ id: 'ann', tenantID: 'tenant', username: 'Ann', email: 'ann@example.com', role: 'COMMENTER' },
  profiles: [{ type: 'local', password: '$2a$10$secret' }],
}
const comment = {
  ...{ id: 'a', ...tenant, storyID: 'story', authorID: 'ann', status: 'NONE', parentID: null },
  revisions: [{ id: 'r1', body: 'Hi <b>you</b>', createdAt: at('2020-01-02T03:04:05.678Z') }],
  ...{ actionCounts: { REACTION: 3, FLAG: 1 }, createdAt: at('2020-01-02T03:04:05.678Z') },
}
const lines = (...records: object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('')

describe('Coral', () => {
  it('is known by whichever collection comes first', () => {
    for (const record of [story, user, comment]) expect(formatsOf(lines(record))).toEqual(['coral'])
    expect(formatsOf(JSON.stringify([comment]))).toEqual(['coral'])
  })

  it('has page and author of a comment, wherever they stand', async () => {
    for (const source of [lines(comment, user, story), lines(story, user, comment)])
      expect(onlyComment(await entriesOf(coral, source))).toEqual({
        ...{ kind: 'comment', id: 'a', parentId: null, line: expect.any(Number) },
        page: { address: 'https://blog.example/p/', title: 'P' },
        author: { name: 'Ann', email: 'ann@example.com', url: null, identity: 'ann', isStaff: false },
        ...{ body: 'Hi <b>you</b>', form: 'html', likes: 3, pinned: false },
        ...{ createdAt: Date.parse('2020-01-02T03:04:05.678Z'), editedAt: null },
        ...{ status: 'approved', decided: false },
      })
  })

  it('reads arrays, one after the other', async () => {
    const source = [[story], [user], [comment]].map((part) => JSON.stringify(part)).join('\n')
    expect(onlyComment(await entriesOf(coral, source))).toMatchObject({ id: 'a', author: { name: 'Ann' } })
  })

  it('keeps every state; what waited, or is in none that is known, waits', async () => {
    const states = ['NONE', 'APPROVED', 'REJECTED', 'PREMOD', 'SYSTEM_WITHHELD', 'NEW ONE']
    const found = await entriesOf(
      coral,
      lines(story, ...states.map((status, id) => ({ ...comment, id: `${id}`, status }))),
    )
    expect(commentsOf(found).map(({ status, decided }) => [status, decided])).toEqual([
      ['approved', false],
      ['approved', true],
      ['rejected', true],
      ['pending', false],
      ['pending', false],
      ['pending', false],
    ])
  })

  it('has the latest text of what was edited, and answers of what was deleted', async () => {
    const [edited, deleted] = commentsOf(
      await entriesOf(
        coral,
        lines(
          story,
          {
            ...comment,
            parentID: 'gone',
            revisions: [...comment.revisions, { body: 'New', createdAt: at('2020-01-03T00:00:00Z') }],
          },
          { ...comment, id: 'gone', authorID: null, revisions: [], deletedAt: at('2020-02-01T00:00:00Z') },
        ),
      ),
    )
    expect(edited).toMatchObject({ body: 'New', editedAt: Date.parse('2020-01-03'), parentId: 'gone' })
    expect(deleted).toMatchObject({ id: 'gone', status: 'deleted', body: '', author: { name: '' } })
  })

  it('tells staff and closed stories, and leaves out what has no story', async () => {
    const entries = await entriesOf(
      coral,
      lines({ ...story, closedAt: at('2021-01-01T00:00:00Z') }, { ...user, role: 'MODERATOR' }, comment, {
        ...comment,
        ...{ id: 'b', storyID: 'unknown' },
      }),
    )
    expect(entries).toMatchObject([
      { kind: 'thread', page: { title: 'P' }, closed: true },
      { id: 'a', author: { isStaff: true } },
      { kind: 'leftOut', id: 'b', reason: 'no_page' },
    ])
    expect(leftOut(await entriesOf(coral, lines(comment)))).toHaveLength(1)
  })
})
