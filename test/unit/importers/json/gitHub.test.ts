import { describe, expect, it } from 'vitest'
import { giscus } from '../../../../worker/importers/formats/giscus.ts'
import { utterances } from '../../../../worker/importers/formats/utterances.ts'
import { commentsOf, entriesOf, formatsOf } from './reading.ts'

describe('utterances', () => {
  const issue = {
    url: 'https://api.github.example/repos/o/r/issues/5',
    comments_url: 'https://api.github.example/repos/o/r/issues/5/comments',
    html_url: 'https://github.com/o/r/issues/5',
    ...{ number: 5, title: 'blog/hello', user: { login: 'utterances-bot' }, locked: true },
    body: '# Hello\n\nA text\n\n[https://blog.example/blog/hello.html](https://blog.example/blog/hello.html)',
  }
  const comment = {
    issue_url: issue.url,
    html_url: 'https://github.com/o/r/issues/5#issuecomment-1',
    ...{ id: 1, body: '*Hi*', user: { login: 'ann', html_url: 'https://github.com/ann' } },
    ...{ created_at: '2021-01-02T03:04:05Z', author_association: 'OWNER', reactions: { '+1': 3, heart: 9 } },
  }
  const thread = {
    kind: 'thread',
    page: { address: 'https://blog.example/blog/hello.html', title: 'Hello' },
    closed: true,
  }
  const expected = {
    id: '1',
    parentId: null,
    page: { address: 'https://blog.example/blog/hello.html', title: 'Hello' },
    author: { name: 'ann', email: null, url: 'https://github.com/ann', identity: 'ann', isStaff: true },
    ...{ body: '*Hi*', form: 'markdown', createdAt: Date.parse('2021-01-02T03:04:05Z') },
    ...{ status: 'approved', decided: false, likes: 3 },
  }

  it('has issues and comments in any order, page after page or in one array', async () => {
    for (const source of [
      JSON.stringify([issue]) + JSON.stringify([comment]),
      `${JSON.stringify([issue])}\n[]\n${JSON.stringify([comment])}`,
      JSON.stringify([[issue], [], [comment]]),
    ]) {
      expect(formatsOf(source)).toEqual(['utterances'])
      expect(await entriesOf(utterances, source)).toMatchObject([thread, expected])
    }
    expect(await entriesOf(utterances, JSON.stringify([comment, issue]))).toMatchObject([expected, thread])
  })

  it('finds the page by the title, or else leaves the issue for it', async () => {
    const address = async (changed: object, origin = '') => {
      const source = [{ ...issue, body: '', locked: false, ...changed }, comment]
      return commentsOf(await entriesOf(utterances, source, { origin })).map(({ page }) => page.address)
    }
    expect(await address({})).toEqual(['/blog/hello'])
    expect(await address({}, 'https://blog.example')).toEqual(['https://blog.example/blog/hello'])
    expect(await address({ title: 'index' })).toEqual(['/'])
    expect(await address({ title: 'https://blog.example/x' })).toEqual(['https://blog.example/x'])
    expect(await address({ title: 'Hello, world' })).toEqual([issue.html_url])
    expect(await address({ title: 'Hello, world', body: 'See\nhttps://github.com/o/r/pull/3' })).toEqual([
      issue.html_url,
    ])
    expect(commentsOf(await entriesOf(utterances, [comment]))).toMatchObject([
      { page: { address: issue.html_url } },
    ])
  })

  it('leaves out comments of pull requests', async () => {
    expect(await entriesOf(utterances, [{ ...issue, pull_request: { url: 'x' } }, comment])).toMatchObject([
      { kind: 'leftOut', reason: 'unknown_type', id: '1' },
    ])
  })
})

describe('giscus', () => {
  const reply = {
    ...{ id: 'R', body: 'Yes', author: null, authorAssociation: 'NONE', createdAt: '2021-01-03T00:00:00Z' },
    ...{ replyTo: { id: 'C' }, isMinimized: true, minimizedReason: 'SPAM' },
  }
  const comment = {
    ...{ id: 'C', author: { login: 'ann' }, authorAssociation: 'MEMBER', isMinimized: false },
    ...{ bodyHTML: '<p>Hi</p>', createdAt: '2021-01-02T03:04:05Z', lastEditedAt: '2021-01-02T04:00:00Z' },
    reactionGroups: [
      { content: 'HEART', users: { totalCount: 9 } },
      { content: 'THUMBS_UP', users: { totalCount: 2 } },
    ],
    replies: { totalCount: 1, nodes: [reply] },
  }
  const discussion = {
    ...{ title: 'p', url: 'https://github.com/o/r/discussions/5', locked: true },
    body: '# p\n\nA text\n\nhttps://blog.example/p/',
    comments: { totalCount: 1, nodes: [comment] },
  }
  const answer = (...nodes: object[]) => ({ data: { repository: { discussions: { nodes } } } })

  it('has discussions with comments and replies, however GitHub was asked', async () => {
    for (const source of [
      answer(discussion),
      [answer(discussion)],
      { data: { repository: { discussion } } },
      { data: { search: { nodes: [discussion] } } },
    ]) {
      expect(formatsOf(JSON.stringify(source))).toEqual(['giscus'])
      expect(await entriesOf(giscus, source)).toMatchObject([
        { kind: 'thread', page: { address: 'https://blog.example/p/', title: 'p' }, closed: true },
        {
          ...{ id: 'C', parentId: null, body: '<p>Hi</p>', form: 'html', status: 'approved', decided: false },
          author: { name: 'ann', url: 'https://github.com/ann', identity: 'ann', isStaff: true },
          editedAt: Date.parse('2021-01-02T04:00:00Z'),
          likes: 2,
        },
        {
          ...{ id: 'R', parentId: 'C', status: 'spam', decided: true, likes: 0 },
          author: { name: 'ghost', url: null, identity: null, isStaff: false },
        },
      ])
    }
  })

  it('keeps hidden what was minimized, whatever the reason', async () => {
    const hidden = (minimizedReason: string | null) => ({ ...reply, minimizedReason, replyTo: null })
    const nodes = [hidden('OFF_TOPIC'), hidden('abuse'), hidden(null)]
    const entries = await entriesOf(giscus, answer({ ...discussion, locked: false, comments: { nodes } }))
    expect(commentsOf(entries).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  })

  it('says where GitHub was not asked for all', async () => {
    const part = (totalCount: number) => ({ ...discussion, comments: { totalCount, nodes: [comment] } })
    const broken = async (source: unknown) =>
      (await entriesOf(giscus, source)).flatMap((one) => (one.kind === 'broken' ? one.message : []))
    expect(await broken(answer(part(3)))).toEqual([
      'https://github.com/o/r/discussions/5 has 3 comments, and the file 1 of them. Ask GitHub for more of them at once.',
    ])
    expect(await broken([answer(part(2)), answer(part(2))])).toEqual([])
    const some = { ...comment, replies: { totalCount: 4, nodes: [reply] } }
    expect(await broken(answer({ ...discussion, comments: { totalCount: 1, nodes: [some] } }))).toHaveLength(
      1,
    )
  })
})
