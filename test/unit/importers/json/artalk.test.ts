import { describe, expect, it } from 'vitest'
import { artalk } from '../../../../worker/importers/formats/artalk.ts'
import { commentsOf, entriesOf, exported, formatsOf, hasExports } from './reading.ts'

describe('Artalk', () => {
  const quoted = {
    id: '5',
    rid: '4',
    content: '**Hi**',
    ua: 'Mozilla/5.0',
    ip: '203.0.113.9',
    is_collapsed: 'false',
    is_pending: 'true',
    is_pinned: 'true',
    vote_up: '6',
    vote_down: '1',
    created_at: '2021-10-28 20:50:15 +0800 CST',
    updated_at: '2021-10-28 20:50:15 +0800 CST',
    nick: 'Cy',
    email: 'cy@example.com',
    link: '',
    badge_name: 'Admin',
    page_key: 'https://blog.example/p/',
    page_title: 'P',
    page_admin_only: 'true',
  }

  it('reads booleans and numbers, quoted or not', async () => {
    const plain = {
      ...quoted,
      id: 5,
      rid: 4,
      is_pending: true,
      is_pinned: true,
      vote_up: 6,
      page_admin_only: true,
    }
    const entries = await entriesOf(artalk, [quoted])
    expect(artalk.detect(JSON.stringify([quoted]))).toBe(true)
    expect(await entriesOf(artalk, [plain])).toEqual(entries)
    expect(entries).toMatchObject([
      { kind: 'thread', page: { address: 'https://blog.example/p/', title: 'P' }, closed: true },
      {
        id: '5',
        parentId: '4',
        author: { name: 'Cy', isStaff: true },
        form: 'markdown',
        createdAt: Date.parse('2021-10-28T12:50:15Z'),
        status: 'pending',
        likes: 6,
        pinned: true,
      },
    ])
  })

  it('says of a page once that it is closed, and takes a time without a zone for a clock’s', async () => {
    const entries = await entriesOf(artalk, [
      quoted,
      { ...quoted, rid: '0', created_at: '2021-10-28 20:50:15' },
    ])
    expect(entries.map(({ kind }) => kind)).toEqual(['thread', 'comment', 'comment'])
    expect(entries[2]).toMatchObject({ parentId: null, createdAt: { local: '2021-10-28T20:50:15' } })
  })

  it.skipIf(!hasExports)('loses nothing of real files', async () => {
    for (const name of ['Disqus', 'Twikoo', 'Valine', 'WordPress']) {
      const text = exported(`artrans-${name}.json`)
      const source: Record<string, string>[] = JSON.parse(text)
      expect(formatsOf(text)).toEqual(['artalk'])
      const comments = commentsOf(await entriesOf(artalk, text))
      expect(comments.map((c) => [c.id, c.parentId, c.page.address, c.createdAt, c.body])).toEqual(
        source.map((c) => [
          c.id,
          c.rid && c.rid !== '0' ? c.rid : null,
          c.page_key,
          Date.parse(c.created_at ?? ''),
          c.content,
        ]),
      )
    }
  })
})
