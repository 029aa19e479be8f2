import { describe, expect, it } from 'vitest'
import { valine } from '../../../../worker/importers/formats/valine.ts'
import { commentsOf, entriesOf, lean, leftOut, onlyComment } from './reading.ts'

describe('Valine', () => {
  const file = (...objects: object[]) =>
    [
      '#filetype:JSON-streaming {"type":"Class","class":"Comment"}',
      ...objects.map((o) => JSON.stringify(o)),
    ].join('\n')

  it('is known by its first line, or by what a comment has', () => {
    expect(valine.detect(file(lean))).toBe(true)
    expect(valine.detect(JSON.stringify([lean]))).toBe(true)
    expect(valine.detect(JSON.stringify({ results: [lean] }).slice(0, -20))).toBe(true)
    expect(valine.detect('#filetype:JSON-streaming {"type":"Class","class":"_User"}\n{"username":"x"}')).toBe(
      false,
    )
    expect(valine.detect('[{"a":1}]')).toBe(false)
  })

  it('is read from lines, an array or results, all the same', async () => {
    const [line] = await entriesOf(valine, file(lean))
    expect(line).toEqual({
      kind: 'comment',
      id: '5f1',
      parentId: '5f0',
      page: { address: '/a%20b/', title: '' },
      author: {
        name: 'Mei',
        email: 'mei@example.com',
        url: 'https://mei.example',
        identity: null,
        isStaff: false,
      },
      body: '<p>Hello</p>\n',
      form: 'html',
      createdAt: Date.parse('2020-01-02T03:04:05.678Z'),
      editedAt: null,
      status: 'approved',
      decided: false,
      likes: 0,
      pinned: false,
      line: 2,
    })
    expect(await entriesOf(valine, [lean])).toEqual([{ ...line, line: 1 }])
    expect(await entriesOf(valine, { results: [lean] })).toEqual([{ ...line, line: 1 }])
  })

  it('keeps spam as spam, and what waits waiting', async () => {
    const entries = await entriesOf(
      valine,
      file({ ...lean, isSpam: true }, { ...lean, status: 'waiting' }, { ...lean, status: 'spam' }),
    )
    expect(commentsOf(entries).map(({ status, decided }) => [status, decided])).toEqual([
      ['spam', true],
      ['pending', false],
      ['spam', true],
    ])
  })

  it('puts the given origin before paths', async () => {
    const comment = onlyComment(await entriesOf(valine, [lean], { origin: 'https://blog.example' }))
    expect(comment.page.address).toBe('https://blog.example/a%20b/')
  })

  it('leaves out what has no text or page, and counters', async () => {
    const entries = await entriesOf(
      valine,
      file({ ...lean, comment: ' ' }, { ...lean, url: '' }, { objectId: 'c', url: '/', time: 4 }),
    )
    expect(leftOut(entries).map(({ reason, id }) => [reason, id])).toEqual([
      ['empty', '5f1'],
      ['no_page', '5f1'],
      ['unknown_type', 'c'],
    ])
  })
})
