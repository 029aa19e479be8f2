import * as v from 'valibot'
import type { ContentNode } from './content.ts'
import {
  count,
  line,
  mailAddress,
  optional,
  paragraphs,
  uuid,
  visible,
  webAddress,
  website,
} from './fields.ts'
import { limits } from './limits.ts'
import type { Status } from './status.ts'
import { threadKey } from './threadKey.ts'

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

/** `POST /v1/sites/:site/comments`, where a body has at most so many code points. */
/* @__NO_SIDE_EFFECTS__ */
export const newComment = (bodyLimit: number) =>
  v.strictObject({
    /** A UUID made by the client: sending the same comment again is harmless. */
    id: uuid,
    key: threadKey,
    url: webAddress,
    title: v.pipe(
      paragraphs(limits.title),
      v.transform((title) => title.replace(/[\p{Cc}\s]+/gu, ' ').trim()),
    ),
    parentId: v.nullish(uuid),
    author: v.strictObject({
      name: v.pipe(line(limits.name), visible),
      email: optional(mailAddress),
      url: optional(website(webAddress)),
    }),
    body: v.pipe(paragraphs(bodyLimit), visible),
    /** Milliseconds since the form was first touched. */
    elapsedMs: v.pipe(v.number(), v.finite('invalid'), v.minValue(0, 'invalid')),
    /** The honeypot: people leave it empty. */
    trap: v.optional(paragraphs(limits.body), ''),
    /** What the site's `proof` asks for: the solved challenge, or Turnstile's token. */
    proof: v.optional(v.unknown()),
  })

export type NewComment = v.InferInput<ReturnType<typeof newComment>>

/** `POST /v1/sites/:site/comments/:id/appeal`: asks for another look at one's own refused comment, once. */
export const newAppeal = v.strictObject({ note: v.optional(v.pipe(paragraphs(limits.note), v.trim()), '') })
export type Appeal = v.InferInput<typeof newAppeal>

/** `POST /v1/sites/:site/challenges`: the id of the comment that the work is for. */
export const newChallenge = v.strictObject({ id: uuid })

/** `PATCH /v1/sites/:site/comments/:id`, where a body has at most so many code points. */
/* @__NO_SIDE_EFFECTS__ */
export const commentEdit = (bodyLimit: number) =>
  v.strictObject({
    body: v.pipe(paragraphs(bodyLimit), visible),
    /** The revision the edit was made from; another one answers 409. */
    revision: count(1, Number.MAX_SAFE_INTEGER),
  })

export type CommentEdit = v.InferInput<ReturnType<typeof commentEdit>>

/**
 * `202` to a new comment, `200` to the same again. Without the author's token, the latter tells
 * no more than what was sent.
 */
export interface Posted {
  comment: Comment
  /** The author's bearer token, when the worker made it. */
  token?: string
}
