import { describe, expect, it } from 'vitest'
import { comentario } from '../../../../worker/importers/formats/comentario.ts'
import { commento } from '../../../../worker/importers/formats/commento.ts'
import { commentsOf, entriesOf, exported, formatsOf, hasExports, leftOut } from './reading.ts'

const one = {
  commentHex: 'c1',
  domain: 'blog.example',
  url: '/p/',
  commenterHex: 'u1',
  markdown: '*Hi*',
  html: '<p><em>Hi</em></p>',
  parentHex: 'root',
  score: 4,
  state: 'approved',
  creationDate: '2020-01-02T03:04:05.678901Z',
  direction: 0,
  deleted: false,
}

const file = (...comments: object[]) => ({
  version: 1,
  comments,
  commenters: [
    {
      commenterHex: 'u1',
      email: 'ann@example.com',
      name: 'Ann',
      link: 'undefined',
      photo: 'undefined',
      provider: 'commento',
      joinDate: '2019-01-01T00:00:00Z',
      isModerator: true,
    },
  ],
})

describe('Commento', () => {
  it('has whoever wrote a comment from the end of the file', async () => {
    const source = file(one, { ...one, commentHex: 'c2', parentHex: 'c1', commenterHex: 'anonymous' })
    expect(formatsOf(JSON.stringify(source))).toEqual(['commento'])
    expect(await entriesOf(commento, source)).toMatchObject([
      {
        id: 'c1',
        parentId: null,
        page: { address: 'https://blog.example/p/' },
        author: { name: 'Ann', email: 'ann@example.com', url: null, identity: 'u1', isStaff: true },
        body: '*Hi*',
        form: 'markdown',
        createdAt: Date.parse('2020-01-02T03:04:05.678Z'),
        status: 'approved',
        decided: false,
        likes: 4,
      },
      { id: 'c2', parentId: 'c1', author: { name: '', identity: null, isStaff: false } },
    ])
  })

  it('keeps states, and makes nothing public that is not approved', async () => {
    const states = ['approved', 'unapproved', 'flagged', '', 'new']
    const entries = await entriesOf(commento, file(...states.map((state) => ({ ...one, state }))))
    expect(commentsOf(entries).map(({ status }) => status)).toEqual([
      'approved',
      'pending',
      'spam',
      'pending',
      'pending',
    ])
  })

  it('keeps deleted comments, which have no text, and no other without text', async () => {
    const entries = await entriesOf(
      commento,
      file(
        { ...one, markdown: '[deleted]', html: '[deleted]' },
        { ...one, deleted: true, markdown: '', html: '' },
        { ...one, markdown: '[deleted]', html: '<p>[deleted]</p>' },
        { ...one, markdown: '', html: '' },
      ),
    )
    expect(commentsOf(entries).map(({ body, status }) => [body, status])).toEqual([
      ['', 'deleted'],
      ['', 'deleted'],
      ['[deleted]', 'approved'],
    ])
    expect(leftOut(entries)).toMatchObject([{ reason: 'empty', id: 'c1' }])
  })

  it('finds the page by path and host, or the given origin', async () => {
    const { domain, url, ...bare } = one
    const address = async (comment: object, origin = '') =>
      commentsOf(await entriesOf(commento, file(comment), { origin })).map(({ page }) => page.address)
    expect([domain, url]).toEqual(['blog.example', '/p/'])
    expect(await address({ ...bare, path: '/q', host: 'a.example' })).toEqual(['https://a.example/q'])
    expect(await address({ ...bare, path: 'q', host: '' })).toEqual(['/q'])
    expect(await address({ ...bare, domain: 'a.example' })).toEqual(['https://a.example/'])
    expect(await address(one, 'https://new.example')).toEqual(['https://new.example/p/'])
    expect(await address({ ...bare, url: 'https://x.example/p' })).toEqual(['https://x.example/p'])
    expect(leftOut(await entriesOf(commento, file(bare)))).toMatchObject([{ reason: 'no_page' }])
  })

  it.skipIf(!hasExports)('loses nothing of real files', async () => {
    for (const name of ['commento-v1-remark42-testdata.json', 'comentario-single-v1.json']) {
      const text = exported(name)
      const source: { comments: (typeof one)[] } = JSON.parse(text)
      expect(formatsOf(text)).toEqual(['commento'])
      const entries = await entriesOf(commento, text)
      expect(entries).toHaveLength(source.comments.length)
      for (const [at, entry] of entries.entries()) {
        const comment = source.comments[at]
        const parentId = comment?.parentHex === 'root' ? null : comment?.parentHex
        expect(entry).toMatchObject({ id: comment?.commentHex, parentId })
        expect(entry.kind).toBe(comment?.markdown || comment?.deleted ? 'comment' : 'leftOut')
        if (entry.kind !== 'comment') continue
        expect(entry).toMatchObject({
          body: comment?.markdown,
          createdAt: Date.parse(comment?.creationDate ?? ''),
          status: comment?.state,
        })
      }
    }
  })
})

describe('Comentario', () => {
  const page = { id: 'p1', path: '/p/', title: 'P', isReadonly: true, domainId: 'd' }
  const comment = {
    id: 'k1',
    pageId: 'p1',
    markdown: '*Hi*',
    html: '<p><em>Hi</em></p>',
    createdTime: '2023-11-14T20:15:12.000Z',
    deletedTime: '0001-01-01T00:00:00.000Z',
    moderatedTime: '0001-01-01T00:00:00.000Z',
    isApproved: true,
    isDeleted: false,
    isPending: false,
    isSticky: true,
    score: -2,
    url: 'https://blog.example/p/#comentario-k1',
    userCreated: 'u1',
  }
  const person = {
    id: 'u1',
    name: 'Bea',
    email: 'bea@example.com',
    isModerator: false,
    websiteUrl: 'https://b.example',
  }
  const export3 = (...comments: object[]) => ({ version: 3, pages: [page], comments, commenters: [person] })

  it('has pages and people from around the comments', async () => {
    const source = export3(comment, {
      ...comment,
      id: 'k2',
      parentId: 'k1',
      userCreated: undefined,
      authorName: 'Cy',
    })
    expect(formatsOf(JSON.stringify(source))).toEqual(['comentario'])
    expect(await entriesOf(comentario, source)).toMatchObject([
      { kind: 'thread', page: { address: 'https://blog.example/p/', title: 'P' }, closed: true },
      {
        id: 'k1',
        parentId: null,
        page: { address: 'https://blog.example/p/' },
        author: {
          name: 'Bea',
          email: 'bea@example.com',
          url: 'https://b.example',
          identity: 'u1',
          isStaff: false,
        },
        body: '*Hi*',
        form: 'markdown',
        createdAt: Date.parse(comment.createdTime),
        status: 'approved',
        decided: false,
        likes: 0,
        pinned: true,
      },
      { id: 'k2', parentId: 'k1', author: { name: 'Cy', identity: null } },
    ])
  })

  it('keeps states, and tells which a person decided', async () => {
    const moderatedTime = '2024-01-01T00:00:00Z'
    const entries = await entriesOf(
      comentario,
      export3(
        { ...comment, moderatedTime },
        { ...comment, isApproved: false, isPending: true },
        { ...comment, isApproved: false, userModerated: 'u1' },
        { ...comment, isDeleted: true },
      ),
    )
    expect(commentsOf(entries).map(({ status, decided }) => [status, decided])).toEqual([
      ['approved', true],
      ['pending', false],
      ['rejected', true],
      ['deleted', true],
    ])
  })

  it.skipIf(!hasExports)('reads a real file', async () => {
    const text = exported('comentario-single-v3.json')
    const source = JSON.parse(text)
    expect(formatsOf(text)).toEqual(['comentario'])
    expect(await entriesOf(comentario, text)).toMatchObject([
      {
        id: source.comments[0].id,
        body: source.comments[0].markdown,
        createdAt: Date.parse(source.comments[0].createdTime),
        page: { address: 'http://localhost:8000/', title: 'Home' },
        author: { name: 'Bugs Bunny' },
        likes: 23,
      },
    ])
  })
})
