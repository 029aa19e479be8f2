import type { LeftOut, SourceComment } from '../entry.ts'
import { plainText } from '../html/plainText.ts'
import type { Importer, ReadOptions } from '../importer.ts'
import { sourceTime } from '../sourceTime.ts'
import { readXml, type XmlShape } from '../xml/reader.ts'
import type { XmlRecord } from '../xml/record.ts'
import { hiddenPosts, WordPressPost } from './wordPressPost.ts'

const comment = 'rss/channel/item/wp:comment'

const shape: XmlShape = {
  prefixOf: (namespace) => (/wordpress\.org\/export\/[\d.]+\/?$/.test(namespace) ? 'wp' : null),
  records: {
    'rss/channel': ['link', 'wp:base_site_url', 'wp:base_blog_url'],
    'rss/channel/wp:author': ['wp:author_id'],
    'rss/channel/item': WordPressPost.fields,
    [comment]: [
      ...['wp:comment_id', 'wp:comment_author', 'wp:comment_author_email', 'wp:comment_author_url'],
      ...['wp:comment_date', 'wp:comment_date_gmt', 'wp:comment_content', 'wp:comment_approved'],
      ...['wp:comment_type', 'wp:comment_parent', 'wp:comment_user_id'],
    ],
  },
}

/** WordPress's states (`wp_comments.comment_approved`). */
const statuses = new Map<string, SourceComment['status']>([
  ['1', 'approved'],
  ['approve', 'approved'],
  ['approved', 'approved'],
  ['0', 'pending'],
  ['hold', 'pending'],
  ['spam', 'spam'],
  ['trash', 'deleted'],
  ['post-trashed', 'deleted'],
])

/**
 * WordPress's export, WXR 1.0 to 1.2 (https://github.com/WordPress/WordPress/blob/master/wp-admin/includes/export.php): a feed
 * with posts, and in each its comments. Ids are those of the blog's database, so they are told apart by the blog.
 * Approved counts as decided: as it is installed, WordPress holds what people write first. Reviews of a shop's products come
 * as comments, without their stars.
 */
export const wxr: Importer = {
  format: 'wxr',
  detect: (head) => /<rss\b/.test(head) && /wordpress\.org\/export\/\d/.test(head),
  async *read(text, options) {
    const accounts = new Set<string>()
    let hidden: ReturnType<typeof hiddenPosts> | undefined
    const newPost = (record: XmlRecord) =>
      new WordPressPost(record, () => {
        hidden ??= hiddenPosts(text, shape)
        return hidden
      })
    let post = null as WordPressPost | null
    for await (const found of readXml(text, shape)) {
      if (found.kind === 'broken') yield found
      else if (found.path === 'rss/channel/wp:author') accounts.add(found.text('wp:author_id'))
      else if (found.path === comment && found.within) {
        if (post?.record !== found.within) post = newPost(found.within)
        yield* post.take(entryOf(found, post, accounts, options), typeOf(found) === 'review')
      } else if (found.path === 'rss/channel/item') {
        yield* (post ?? newPost(found)).ended()
        post = null
      }
    }
    // A file that was cut off ends within a post.
    if (post) yield* post.ended()
  },
}

const typeOf = (record: XmlRecord) => record.text('wp:comment_type').toLowerCase()

/** A comment as it is, if its post is public, and what it is otherwise. */
function entryOf(
  record: XmlRecord,
  post: WordPressPost,
  accounts: ReadonlySet<string>,
  options: ReadOptions,
): SourceComment | LeftOut {
  const scoped = (id: string) => (/^0*$/.test(id) ? null : `${post.blog} ${id}`)
  const ids = { id: scoped(record.text('wp:comment_id')), parentId: scoped(record.text('wp:comment_parent')) }
  const leftOut = (reason: LeftOut['reason']): LeftOut => ({
    kind: 'leftOut',
    reason,
    ...ids,
    line: record.line,
  })
  const type = typeOf(record)
  if (type === 'note') return leftOut('staff_note')
  if (type === 'order_note') return leftOut('order_note')
  if (type === 'pingback' || type === 'trackback') {
    if (!options.pings) return leftOut(type)
  } else if (!['', 'comment', 'review'].includes(type)) return leftOut('unknown_type')
  const status = statuses.get(record.text('wp:comment_approved'))
  if (!status) return leftOut('unknown_type')
  const body = record.text('wp:comment_content')
  if (record.isTooLong) return leftOut('too_long')
  if (!body && status !== 'deleted') return leftOut('empty')
  const user = record.text('wp:comment_user_id')
  const hasAccount = /^\d*[1-9]\d*$/.test(user)
  const isStaff = hasAccount && (accounts.size === 0 || accounts.has(user))
  const url = record.text('wp:comment_author_url')
  const utc = sourceTime(`${record.text('wp:comment_date_gmt')}Z`)
  return {
    kind: 'comment',
    ...ids,
    page: post.page,
    author: {
      name: plainText(record.text('wp:comment_author')),
      email: record.text('wp:comment_author_email') || null,
      url: /^https?:\/\/$/.test(url) ? null : url || null,
      identity: hasAccount ? `${post.blog} user ${user}` : null,
      isStaff,
    },
    body,
    form: 'lines',
    createdAt: typeof utc === 'number' ? utc : sourceTime(record.text('wp:comment_date')),
    editedAt: null,
    status,
    decided: !isStaff && (status === 'approved' || status === 'spam'),
    likes: 0,
    pinned: false,
    line: record.line,
  }
}
