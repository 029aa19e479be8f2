import { describe, expect, it } from 'vitest'
import { cusdis } from '../../../../worker/importers/formats/cusdis.ts'
import { entriesOf, formatsOf } from './reading.ts'

const page = { slug: 'p', url: 'https://blog.example/p/', title: 'P' }
const reply = {
  ...{ id: 'b', content: 'Thanks', createdAt: '2021-01-02T04:00:00.000Z', page },
  ...{
    by_nickname: 'Owner',
    by_email: 'o@example.com',
    moderatorId: 'm',
    approved: true,
    replies: { data: [] },
  },
}
const one = {
  ...{ id: 'a', content: '*Hi*', createdAt: '2021-01-02T03:04:05.678Z', page, moderatorId: null },
  ...{ by_nickname: 'Ann', by_email: 'ann@example.com', approved: true, parsedContent: '<p><em>Hi</em></p>' },
  replies: { commentCount: 1, data: [reply] },
}
const answer = (comments: object[], commentCount = comments.length) => ({
  data: { data: comments, commentCount, pageSize: 10, pageCount: 1 },
})

describe('Cusdis', () => {
  it('has each comment once, and a reply below what it answers', async () => {
    const source = JSON.stringify(answer([reply, one]))
    expect(formatsOf(source)).toEqual(['cusdis'])
    const entries = await entriesOf(cusdis, source)
    expect(entries).toHaveLength(2)
    expect(entries).toMatchObject([
      { id: 'b', parentId: 'a', author: { name: 'Owner', isStaff: true }, body: 'Thanks' },
      {
        id: 'a',
        parentId: null,
        page: { address: 'https://blog.example/p/', title: 'P' },
        author: { name: 'Ann', email: 'ann@example.com', isStaff: false },
        body: '*Hi*',
        form: 'markdown',
        createdAt: Date.parse('2021-01-02T03:04:05.678Z'),
        status: 'approved',
        decided: true,
      },
    ])
  })

  it('keeps waiting what nobody approved, and deleted what was deleted', async () => {
    const entries = await entriesOf(
      cusdis,
      answer([
        { ...one, approved: false, replies: {} },
        { ...one, id: 'c', deletedAt: '2021-02-02T00:00:00Z', replies: {} },
      ]),
    )
    expect(entries).toMatchObject([
      { status: 'pending', decided: false },
      { status: 'deleted', decided: true },
    ])
  })

  it('takes the slug of a page without an address', async () => {
    const bare = { ...one, page: { slug: '/q', url: null }, replies: {} }
    const [entry] = await entriesOf(cusdis, answer([bare]), { origin: 'https://a.example' })
    expect(entry).toMatchObject({ page: { address: 'https://a.example/q' } })
  })

  it('reads several pages one after the other, and says where some are missing', async () => {
    const pages = [answer([one], 2), answer([{ ...one, id: 'c', replies: {} }], 2)]
    const kinds = async (source: string) => (await entriesOf(cusdis, source)).map(({ kind }) => kind)
    expect(await kinds(pages.map((one) => JSON.stringify(one)).join('\n'))).toEqual([
      'comment',
      'comment',
      'comment',
    ])
    expect(await kinds(JSON.stringify(pages))).toEqual(['comment', 'comment', 'comment'])
    expect(await kinds(JSON.stringify(pages[0]))).toEqual(['comment', 'comment', 'broken'])
  })
})
