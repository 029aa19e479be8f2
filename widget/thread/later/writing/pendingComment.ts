import type { Comment, NewComment } from '../../../../worker/contract/comment.ts'

/** A comment as its author sees it before the worker has made anything of it: plain text. */
export function pendingComment({ id, parentId, author, body }: NewComment): Comment {
  return {
    id,
    parentId: parentId ?? null,
    author: { id: '', name: author.name, url: null },
    content: [{ type: 'paragraph', children: [body] }],
    createdAt: new Date().toISOString(),
    editedAt: null,
    likes: 0,
    replies: { count: 0, next: null },
  }
}
