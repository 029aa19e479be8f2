import type { LeftOut, SourceComment } from '../entry.ts'
import type { Importer } from '../importer.ts'
import { sourceTime } from '../sourceTime.ts'
import { readXml, type XmlShape } from '../xml/reader.ts'
import { copied, type XmlRecord } from '../xml/record.ts'
import { type BloggerPost, linkOf, postOf } from './bloggerPost.ts'
import { block } from './markup.ts'

const prefixes: [namespace: RegExp, prefix: string][] = [
  [/^http:\/\/www\.w3\.org\/2005\/Atom$/, ''],
  [/^http:\/\/purl\.org\/syndication\/thread\/1\.0$/, 'thr'],
  [/^http:\/\/schemas\.google\.com\/blogger\/2018$/, 'blogger'],
  [/^http:\/\/(purl\.org\/atom\/app#|www\.w3\.org\/2007\/app)$/, 'app'],
  [/^http:\/\/schemas\.google\.com\/g\/2005$/, 'gd'],
]

const shape: XmlShape = {
  prefixOf: (namespace) => prefixes.find(([pattern]) => pattern.test(namespace))?.[1] ?? null,
  records: {
    'feed/entry': [
      ...[
        'id',
        'category',
        'link',
        'title',
        'published',
        'content',
        'author/name',
        'author/uri',
        'author/email',
      ],
      ...['thr:in-reply-to', 'app:control/app:draft', 'gd:extendedProperty'],
      ...['blogger:type', 'blogger:status', 'blogger:trashed', 'blogger:parent', 'blogger:inReplyTo'],
      'blogger:filename',
    ],
  },
}

/** Blogger's states; one that has no name here waits for a person. */
const statuses = new Map<string, SourceComment['status']>([
  ['', 'approved'],
  ['LIVE', 'approved'],
  ['SPAM', 'spam'],
  ['EMPTIED', 'deleted'],
  // Shown to its author alone.
  ['GHOSTED', 'rejected'],
])

/**
 * Blogger's files: the backup, an Atom feed whose entries say their kind (RFC 4287, threads by RFC 4685), and the
 * `feed.atom` of Google Takeout. Comments may come before their posts, so the posts are read first. Takeout names no host:
 * pages are paths there. What is public counts as decided.
 */
export const blogger: Importer = {
  format: 'blogger',
  detect: (head) =>
    /<feed\b/.test(head) && /schemas\.google\.com\/blogger\/|tag:blogger\.com,1999:blog-/.test(head),
  async *read(text) {
    const posts = new Map<string, BloggerPost>()
    const staff = new Set<string>()
    for await (const found of readXml(text, shape)) {
      if (found.kind === 'broken' || !/^(post|page)$/.test(kindOf(found))) continue
      posts.set(copied(found.text('id')), postOf(found))
      if (found.text('author/uri')) staff.add(copied(found.text('author/uri')))
    }
    for await (const found of readXml(text, shape)) {
      if (found.kind === 'broken') yield found
      else if (kindOf(found) === 'comment') yield entryOf(found, posts, staff)
    }
  },
}

/** `post`, `page`, `comment` and others, in small letters. */
function kindOf(record: XmlRecord): string {
  const own = record.text('blogger:type')
  if (own) return own.toLowerCase()
  const kinds = record
    .all('category')
    .map(({ attributes }) => /kind#(\w+)$/.exec(attributes.get('term') ?? ''))
  return kinds.find((kind) => kind)?.[1] ?? ''
}

function entryOf(
  record: XmlRecord,
  posts: ReadonlyMap<string, BloggerPost>,
  staff: ReadonlySet<string>,
): SourceComment | LeftOut {
  const ids = { id: record.text('id') || null, parentId: parentOf(record) }
  const leftOut = (reason: LeftOut['reason']): LeftOut => ({
    kind: 'leftOut',
    reason,
    ...ids,
    line: record.line,
  })
  const of = record.text('blogger:parent') || record.attribute('ref', 'thr:in-reply-to')
  const post = posts.get(of)
  if (post?.reason) return leftOut(post.reason)
  const href = record.attribute('href', 'thr:in-reply-to')
  const page = post?.page.address ? post.page : { address: /\/feeds\//.test(href) ? '' : href, title: '' }
  if (!page.address) return leftOut('no_page')
  if (record.isTooLong) return leftOut('too_long')
  const status = statusOf(record)
  const body = record.text('content')
  if (!body && status !== 'deleted') return leftOut('empty')
  const uri = record.text('author/uri')
  const email = record.text('author/email')
  const isStaff = staff.has(uri)
  const isText = record.attribute('type', 'content') === 'text'
  return {
    kind: 'comment',
    ...ids,
    page,
    author: {
      name: record.text('author/name'),
      email: /^noreply@blogger\.com$/i.test(email) ? null : email || null,
      url: uri || null,
      identity: /^https?:\/\/((www|draft)\.blogger|plus\.google)\.com\//.test(uri) ? uri : null,
      isStaff,
    },
    body,
    form: isText ? 'text' : block.test(body) ? 'html' : 'lines',
    createdAt: sourceTime(record.text('published')),
    editedAt: null,
    status,
    decided: !isStaff && (status === 'approved' || status === 'spam'),
    likes: 0,
    pinned: false,
    line: record.line,
  }
}

/** The comment that one answers: the backup names it by the address of its own feed. */
function parentOf(record: XmlRecord): string | null {
  const named = record.text('blogger:inReplyTo')
  if (named) return named
  const number = /\/comments\/default\/(\d+)/.exec(linkOf(record, 'related'))?.[1]
  return number ? record.text('id').replace(/^(.*\D)?\d+$/s, (_, start = '') => start + number) : null
}

function statusOf(record: XmlRecord): SourceComment['status'] {
  const isRemoved = record
    .all('gd:extendedProperty')
    .some(
      ({ attributes }) =>
        attributes.get('name') === 'blogger.contentRemoved' && attributes.get('value') === 'true',
    )
  if (record.text('blogger:trashed') || isRemoved) return 'deleted'
  if (record.text('app:control/app:draft') === 'yes') return 'pending'
  return statuses.get(record.text('blogger:status')) ?? 'pending'
}
