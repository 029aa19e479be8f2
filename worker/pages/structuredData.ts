import { textOf } from '../../widget/common/markdown.ts'
import type { Comment } from '../contract/comment.ts'
import type { ThreadPage } from '../contract/thread.ts'

/** The comments of a page that is called so, as schema.org describes them, for search engines. */
export function structuredData({ thread, items }: ThreadPage, title: string | undefined) {
  return {
    '@context': 'https://schema.org',
    '@type': 'WebPage',
    url: thread.url ?? undefined,
    name: title,
    commentCount: thread.count,
    comment: items.filter(({ gone }) => !gone).map((comment) => commentData(comment, thread.url)),
  }
}

function commentData(
  { id, parentId, author, content, createdAt, editedAt, likes }: Comment,
  article: string | null,
) {
  return {
    '@type': 'Comment',
    '@id': urn(id),
    url: article ? `${article}#comment-${id}` : undefined,
    text: textOf(content).trim(),
    dateCreated: createdAt,
    dateModified: editedAt ?? undefined,
    upvoteCount: likes,
    author: { '@type': 'Person', name: author.name, url: author.url ?? undefined },
    parentItem: parentId ? { '@type': 'Comment', '@id': urn(parentId) } : undefined,
  }
}

const urn = (id: string) => `urn:uuid:${id}`
