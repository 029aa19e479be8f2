import type { ContentNode } from './content.ts'
import type { Status } from './status.ts'

/** What an author may know of their own comment, and no one else. */
export interface Own {
  status: Status
  /** A `RejectionReason` or a moderator's sentence. */
  reason?: string
  /** The Markdown source of the latest revision. */
  body: string
  revision: number
  /** Until when it can be edited (ISO 8601), or null when it can't. */
  editableUntil: string | null
  /** Its author may ask, once, that a person looks at the refusal again. */
  appealable?: true
}

/** A comment as readers see it. */
export interface Comment {
  id: string
  parentId: string | null
  /** `id` is the author's public id on this site: it colours the monogram and says nothing else. */
  author: { id: string; name: string; url: string | null; badge?: string }
  content: ContentNode[]
  /** ISO 8601, UTC. */
  createdAt: string
  editedAt: string | null
  likes: number
  /**
   * Shown replies. A root comment counts its whole branch and `next` is the cursor to the rest of
   * it, to be passed to the same thread route; a reply counts its direct replies and has no `next`.
   */
  replies: { count: number; next: string | null }
  /** A placeholder: the comment is gone, its replies are not. Name and content are empty. */
  gone?: true
  /** It stands above the others. */
  pinned?: true
  own?: Own
}

/** `POST /v1/sites/:site/comments` */
export interface NewComment {
  /** A UUID made by the client: sending the same comment again is harmless. */
  id: string
  key: string
  url: string
  title: string
  parentId?: string | null
  author: { name: string; email?: string; url?: string }
  body: string
  /** Milliseconds since the form was first touched. */
  elapsedMs: number
  /** The honeypot: people leave it empty. */
  trap?: string
  /** What the site's `proof` asks for: the solved challenge, or Turnstile's token. */
  proof?: string
}

/** `POST /v1/sites/:site/comments/:id/appeal`: asks for another look at one's own refused comment, once. */
export interface Appeal {
  note?: string
}

/** `PATCH /v1/sites/:site/comments/:id` */
export interface CommentEdit {
  body: string
  /** The revision the edit was made from; another one answers 409. */
  revision: number
}

/**
 * `202` to a new comment, `200` to the same again. Without the author's token, the latter tells
 * no more than what was sent.
 */
export interface Posted {
  comment: Comment
  /** The author's bearer token, when the worker made it. */
  token?: string
}
