import type { Entry, LeftOut, SourceComment, SourcePage } from '../entry.ts'
import type { Importer } from '../importer.ts'
import { sourceTime } from '../sourceTime.ts'
import { readXml, type XmlShape } from '../xml/reader.ts'
import { copied, type XmlRecord } from '../xml/record.ts'
import { withoutRedirects } from './disqusLinks.ts'
import { block } from './markup.ts'

const shape: XmlShape = {
  prefixOf: (namespace) => {
    if (/disqus\.com\/disqus-internals/.test(namespace)) return 'dsq'
    return /^https?:\/\/disqus\.com\/?$/.test(namespace) ? '' : null
  },
  records: {
    'disqus/thread': ['id', 'link', 'title', 'author/username', 'isClosed', 'isDeleted'],
    'disqus/post': [
      ...['message', 'createdAt', 'isDeleted', 'isSpam', 'isApproved', 'thread', 'parent'],
      ...['author/name', 'author/email', 'author/username', 'author/isAnonymous'],
    ],
  },
}

interface Thread {
  page: SourcePage
  isDeleted: boolean
}

/**
 * Disqus's export (https://help.disqus.com/en/articles/1717164-comments-export): threads, and after them all posts. What is not
 * spam and not deleted is approved, unless the file says otherwise, and counts as decided: moderators saw it. Whose account
 * a thread is by is staff. A thread's page is its link, or the embedder's own id where it has none.
 */
export const disqus: Importer = {
  format: 'disqus',
  detect: (head) => /<disqus\b/.test(head),
  async *read(text) {
    const threads = new Map<string, Thread>()
    const staff = new Set<string>()
    for await (const found of readXml(text, shape)) {
      if (found.kind === 'broken') yield found
      else if (found.path === 'disqus/post') yield entryOf(found, threads, staff)
      else yield* threadOf(found, threads, staff)
    }
  },
}

function* threadOf(record: XmlRecord, threads: Map<string, Thread>, staff: Set<string>): Generator<Entry> {
  const page = {
    address: copied(record.text('link') || record.text('id')),
    title: copied(record.text('title').slice(0, 1000)),
  }
  const isDeleted = isTrue(record.text('isDeleted'))
  threads.set(copied(record.attribute('dsq:id')), { page, isDeleted })
  const account = record.text('author/username')
  if (account) staff.add(copied(account))
  if (page.address && !isDeleted && isTrue(record.text('isClosed')))
    yield { kind: 'thread', page, closed: true }
}

function entryOf(
  record: XmlRecord,
  threads: ReadonlyMap<string, Thread>,
  staff: ReadonlySet<string>,
): SourceComment | LeftOut {
  const ids = { id: record.attribute('dsq:id') || null, parentId: idOf(record, 'parent') }
  const leftOut = (reason: LeftOut['reason']): LeftOut => ({
    kind: 'leftOut',
    reason,
    ...ids,
    line: record.line,
  })
  const thread = threads.get(idOf(record, 'thread') ?? '')
  if (!thread?.page.address) return leftOut('no_page')
  if (record.isTooLong) return leftOut('too_long')
  const status = statusOf(record, thread)
  const body = record.text('message')
  if (!body && status !== 'deleted') return leftOut('empty')
  const account = isTrue(record.text('author/isAnonymous')) ? '' : record.text('author/username')
  const isStaff = staff.has(account)
  return {
    kind: 'comment',
    ...ids,
    page: thread.page,
    author: {
      name: record.text('author/name'),
      email: record.text('author/email') || null,
      url: null,
      identity: account || null,
      isStaff,
    },
    body: withoutRedirects(body),
    form: block.test(body) ? 'html' : 'lines',
    createdAt: sourceTime(record.text('createdAt')),
    editedAt: null,
    status,
    decided: !isStaff && (status === 'approved' || status === 'spam'),
    likes: 0,
    pinned: false,
    line: record.line,
  }
}

/** Spam is deleted there, too: what it was is said first. */
function statusOf(record: XmlRecord, thread: Thread): SourceComment['status'] {
  if (isTrue(record.text('isSpam'))) return 'spam'
  if (isTrue(record.text('isDeleted')) || thread.isDeleted) return 'deleted'
  return /^false$/i.test(record.text('isApproved')) ? 'pending' : 'approved'
}

/** An id that another element refers to; tools that write no quotes leave the tag's end in it. */
const idOf = (record: XmlRecord, path: string) => record.attribute('dsq:id', path).replace(/\/$/, '') || null

const isTrue = (text: string) => /^true$/i.test(text)
