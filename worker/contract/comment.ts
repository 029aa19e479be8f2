import * as v from 'valibot'
import { moment, whole } from './answers.ts'
import { appealStates } from './appeals.ts'
import { authorName } from './authorName.ts'
import { contentNode } from './content.ts'
import { errorDetail } from './errorAnswer.ts'
import {
  count,
  isVisible,
  optional,
  paragraphs,
  publicAddress,
  uuid,
  visible,
  webAddress,
  website,
} from './input.ts'
import { limits } from './limits.ts'
import { writtenMailAddress } from './mailAddress.ts'
import type { Operation } from './operation.ts'
import { plainTitle } from './pageTitle.ts'
import { proof } from './proof.ts'
import { statuses } from './status.ts'
import { languageTag, wantedKinds } from './subscriptions.ts'
import { threadKey } from './threadKey.ts'

/** What an author may know of their own comment, and no one else. */
export const own = v.object({
  status: v.picklist(statuses),
  /** The latest text was refused, and readers go on seeing an earlier one: `content` is that, `body` the latest. */
  change: v.optional(v.literal('refused')),
  /**
   * Why the comment was refused, or its change: a `RejectionReason`, or a sentence, a moderator's or the site's own in the
   * language that is asked for.
   */
  reason: v.optional(v.string()),
  /** The Markdown source of the latest revision. */
  body: v.string(),
  revision: whole,
  /** Until when it can be edited, or null when it can't. */
  editableUntil: v.nullable(moment),
  /** Its author may ask, once, that a person looks at the refusal again. */
  appealable: v.optional(v.literal(true)),
  /** While it waits: seconds within which most comments were decided here of late, where enough were. */
  usualWait: v.optional(whole),
  /** What became of that wish, and what staff says to it. */
  appeal: v.optional(v.object({ state: v.picklist(appealStates), answer: v.nullable(v.string()) })),
})
export type Own = v.InferOutput<typeof own>

/** A comment as readers see it. */
export const comment = v.object({
  id: v.string(),
  parentId: v.nullable(v.string()),
  /** `id` is the author's public id on this site: it colours the monogram and says nothing else. */
  author: v.object({
    id: v.string(),
    name: v.string(),
    url: v.nullable(v.string()),
    badge: v.optional(v.string()),
  }),
  content: v.array(contentNode),
  createdAt: moment,
  editedAt: v.nullable(moment),
  /** Its text is the site's editors'. */
  editedBy: v.optional(v.literal('staff')),
  likes: whole,
  /**
   * Shown replies. A root comment counts its whole branch and `next` is the cursor to the rest of
   * it, to be passed to the same thread route; a reply counts its direct replies and has no `next`.
   */
  replies: v.object({ count: whole, next: v.nullable(v.string()) }),
  /** A placeholder: the comment is gone, its replies are not. Name and content are empty. */
  gone: v.optional(v.literal(true)),
  /** It stands above the others. */
  pinned: v.optional(v.literal(true)),
  own: v.optional(own),
})
export type Comment = v.InferOutput<typeof comment>

/** The longest body that a site can set, in code points. */
export const mostBody = 65_000

/** The longest proof, in code points: Turnstile’s tokens have up to 2,048. */
const mostProof = 2_048

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
      // One that nobody can see is none.
      v.transform((title) => (isVisible(title) ? plainTitle(title) : '')),
    ),
    parentId: v.nullish(uuid),
    author: v.strictObject({
      name: authorName,
      email: optional(writtenMailAddress),
      url: optional(website(publicAddress)),
    }),
    body: v.pipe(paragraphs(bodyLimit), visible),
    /** Milliseconds since the form was first touched. */
    elapsedMs: v.pipe(v.number(), v.finite('invalid'), v.minValue(0, 'invalid')),
    /** The honeypot: people leave it empty. */
    trap: v.optional(paragraphs(limits.body), ''),
    /** What its author wants to be told of by mail, once they confirm the address. */
    subscribe: v.optional(wantedKinds),
    /** The language of those mails. */
    locale: v.optional(languageTag),
    /** What the site's `proof` asks for: the solved challenge, or Turnstile's token. */
    proof: v.nullish(paragraphs(mostProof)),
  })

export type NewComment = v.InferInput<ReturnType<typeof newComment>>

/** `POST /v1/sites/:site/comments/:id/appeal`: asks for another look at one's own refused comment, once. */
export const newAppeal = v.strictObject({ note: v.optional(v.pipe(paragraphs(limits.note), v.trim()), '') })
export type Appeal = v.InferInput<typeof newAppeal>

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
const posted = v.object({
  comment,
  /** The author's bearer token, when the worker made it. */
  token: v.optional(v.string()),
})
export type Posted = v.InferOutput<typeof posted>

const ownComment = v.object({ comment })
const changed = v.object({ error: errorDetail, comment })

export const post = {
  summary: 'Posts a comment. The same again is harmless.',
  rate: 'writing',
  body: newComment(mostBody),
  answers: { 200: posted, 202: posted, 403: v.object({ error: errorDetail, proof: v.optional(proof) }) },
} satisfies Operation

export const readOwn = {
  summary: 'Tells an author how their comment stands.',
  answers: { 200: ownComment },
} satisfies Operation

export const edit = {
  summary: 'Changes an author’s own comment; it is screened again.',
  rate: 'writing',
  body: commentEdit(mostBody),
  answers: { 200: ownComment, 409: changed },
} satisfies Operation

export const withdraw = {
  summary: 'Takes an author’s own comment back, words and all.',
  answers: { 204: null, 409: changed },
} satisfies Operation

export const appeal = {
  summary: 'Asks, once, that a person looks at a refusal again.',
  rate: 'writing',
  body: newAppeal,
  answers: { 200: ownComment, 409: changed },
} satisfies Operation
