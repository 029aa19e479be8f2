import { describe, expect, it } from 'vitest'
import { blogger } from '../../../worker/importers/formats/blogger.ts'
import { commentsOf, entriesOf, formatsOf, leftOut } from './json/reading.ts'

const tag = (id: number) => `tag:blogger.com,1999:blog-9.post-${id}`
const kind = (name: string) =>
  `<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#${name}'/>`

const backup = (...entries: string[]) => `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:gd='http://schemas.google.com/g/2005'
  xmlns:thr='http://purl.org/syndication/thread/1.0' xmlns:app='http://purl.org/atom/app#'>
<id>tag:blogger.com,1999:blog-9.archive</id><title>Blog</title>
<entry><id>tag:blogger.com,1999:blog-9.layout</id>${kind('template')}<content>x</content></entry>
${entries.join('\n')}
</feed>`

const post = (
  id: number,
  more = '',
) => `<entry><id>${tag(id)}</id>${kind('post')}<category scheme='http://www.blogger.com/atom/ns#' term='News'/>
<title type='text'>Post ${id}</title><content type='html'>&lt;p&gt;Text&lt;/p&gt;</content>
<link rel='edit' href='http://www.blogger.com/feeds/9/posts/default/${id}'/>
<link rel='alternate' type='text/html' href='http://blog.example/${id}.html' title='Post'/>
<author><name>Owner</name><uri>http://www.blogger.com/profile/1</uri><email>noreply@blogger.com</email></author>${more}</entry>`

const comment = (
  id: number,
  of: number,
  more = '',
  author = '<name>Ada</name><uri>http://ada.example</uri><email>noreply@blogger.com</email>',
) =>
  `<entry><id>${tag(id)}</id><published>2010-03-09T01:02:03.004-08:00</published><updated>2010-03-09T01:02:03.004-08:00</updated>
${kind('comment')}<title type='text'>Good. …</title><content type='html'>Good.&lt;br /&gt;Very &lt;b&gt;good&lt;/b&gt;.</content>
<author>${author}</author><thr:in-reply-to href='http://blog.example/${of}.html' ref='${tag(of)}' source='http://www.blogger.com/feeds/9/posts/default/${of}' type='text/html'/>${more}</entry>`

describe('Blogger’s backup', () => {
  it('brings a comment with all that stays of it, though it comes before its post', async () => {
    const related = "<link rel='related' href='http://www.blogger.com/feeds/9/7/comments/default/20'/>"
    const text = backup(comment(21, 7, related), post(7))
    expect(formatsOf(text)).toEqual(['blogger'])
    expect(await entriesOf(blogger, text)).toEqual([
      {
        kind: 'comment',
        id: tag(21),
        parentId: tag(20),
        page: { address: 'http://blog.example/7.html', title: 'Post 7' },
        author: { name: 'Ada', email: null, url: 'http://ada.example', identity: null, isStaff: false },
        body: 'Good.<br />Very <b>good</b>.',
        form: 'html',
        createdAt: Date.UTC(2010, 2, 9, 9, 2, 3, 4),
        editedAt: null,
        status: 'approved',
        decided: true,
        likes: 0,
        pinned: false,
        line: 6,
      },
    ])
  })

  it('keeps states, and leaves out drafts', async () => {
    const draft = '<app:control><app:draft>yes</app:draft></app:control>'
    const removed = "<gd:extendedProperty name='blogger.contentRemoved' value='true'/>"
    const owner = '<name>Owner</name><uri>http://www.blogger.com/profile/1</uri>'
    const entries = await entriesOf(
      blogger,
      backup(
        post(7),
        post(8, draft),
        comment(1, 7, draft),
        comment(2, 7, removed),
        comment(3, 8),
        comment(4, 7, '', owner),
        comment(5, 99).replace('blog.example/99.html', 'www.blogger.com/feeds/9/posts/default/99'),
        comment(6, 99),
      ),
    )
    expect(
      commentsOf(entries).map(({ id, status, author, page }) => [id, status, author.isStaff, page.address]),
    ).toEqual([
      [tag(1), 'pending', false, 'http://blog.example/7.html'],
      [tag(2), 'deleted', false, 'http://blog.example/7.html'],
      [tag(4), 'approved', true, 'http://blog.example/7.html'],
      [tag(6), 'approved', false, 'http://blog.example/99.html'],
    ])
    expect(leftOut(entries).map(({ id, reason }) => [id, reason])).toEqual([
      [tag(3), 'draft'],
      [tag(5), 'no_page'],
    ])
  })
})

describe('Google Takeout’s feed of Blogger', () => {
  const takeout = (...entries: string[]) => `<?xml version='1.0' encoding='utf-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>
<id>tag:blogger.com,1999:blog-9</id><title>Blog</title>
${entries.join('\n')}
</feed>`
  const entry = (id: number, type: string, status: string, more: string) =>
    `<entry><id>${tag(id)}</id><blogger:type>${type}</blogger:type><blogger:status>${status}</blogger:status>
<author><name>Ann</name><uri></uri><blogger:type>ANONYMOUS</blogger:type></author><title>Title ${id}</title>
<content type='html'>One\ntwo</content><published>2020-01-02T03:04:05Z</published>${more}</entry>`
  const page = (id: number, status = 'LIVE', more = '<blogger:trashed/>') =>
    entry(id, 'POST', status, `<blogger:filename>/2020/01/${id}.html</blogger:filename><link/>${more}`)
  const answer = (id: number, of: number, status = 'LIVE', more = '<blogger:inReplyTo/><blogger:trashed/>') =>
    entry(id, 'COMMENT', status, `<blogger:parent>${tag(of)}</blogger:parent>${more}`)

  it('brings comments by the path of their post', async () => {
    const text = takeout(
      answer(3, 1, 'LIVE', `<blogger:inReplyTo>${tag(2)}</blogger:inReplyTo>`),
      answer(2, 1),
      page(1),
    )
    expect(formatsOf(text)).toEqual(['blogger'])
    expect(await entriesOf(blogger, text)).toMatchObject([
      {
        id: tag(3),
        parentId: tag(2),
        page: { address: '/2020/01/1.html', title: 'Title 1' },
        author: { name: 'Ann', url: null, email: null, identity: null },
        createdAt: Date.UTC(2020, 0, 2, 3, 4, 5),
        form: 'lines',
      },
      { id: tag(2), parentId: null },
    ])
  })

  it('keeps states, and leaves out what was never public', async () => {
    const gone = '<blogger:trashed>2021-01-01T00:00:00Z</blogger:trashed>'
    const states = ['LIVE', 'PENDING', 'SPAM', 'EMPTIED', 'GHOSTED', 'NEW_ONE']
    const entries = await entriesOf(
      blogger,
      takeout(
        ...[page(1), page(2, 'DRAFT'), page(3, 'SCHEDULED'), page(4, 'LIVE', gone), page(5, 'OTHER')],
        ...states.map((state, at) => answer(10 + at, 1, state)),
        answer(20, 1, 'LIVE', gone),
        ...[2, 3, 4, 5, 6].map((of) => answer(30 + of, of)),
      ),
    )
    expect(commentsOf(entries).map(({ status }) => status)).toEqual([
      ...['approved', 'pending', 'spam', 'deleted', 'rejected', 'pending', 'deleted'],
    ])
    expect(leftOut(entries).map(({ reason }) => reason)).toEqual([
      'draft',
      'draft',
      'no_page',
      'private',
      'no_page',
    ])
  })
})
