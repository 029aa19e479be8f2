import * as v from 'valibot'
import { paragraphs, uuid, webAddress } from './input.ts'
import { limits } from './limits.ts'
import { mailAddress } from './mailAddress.ts'
import type { Operation } from './operation.ts'
import { threadKey } from './threadKey.ts'

/** What readers may be told of by mail: what became of a comment, answers to it, all that is new in a thread. */
export const subscriptionKinds = ['fate', 'replies', 'thread'] as const

export type SubscriptionKind = (typeof subscriptionKinds)[number]

/** What somebody wants to be told of, at least one thing. */
export const wantedKinds = v.pipe(
  v.array(v.picklist(subscriptionKinds, 'invalid')),
  v.minLength(1, 'missing'),
  v.maxLength(subscriptionKinds.length, `too_long ${subscriptionKinds.length}`),
)

/** A BCP 47 tag. */
export const languageTag = v.pipe(v.string(), v.regex(/^[\w-]{1,35}$/, 'invalid'))

/** `POST /v1/sites/:site/subscriptions` */
export const newSubscription = v.strictObject({
  email: mailAddress,
  key: threadKey,
  url: webAddress,
  title: v.optional(paragraphs(limits.title), ''),
  /** What `fate` and `replies` are about: one's own comment, or for replies one that readers see. */
  commentId: v.nullish(uuid),
  kinds: wantedKinds,
  /** The language of the mails. */
  locale: languageTag,
})
export type NewSubscription = v.InferInput<typeof newSubscription>

export const subscribe = {
  summary:
    'Has a reader told by mail, once the owner of the address confirms it. The answer is the same, whatever is known of the address.',
  rate: 'writing',
  body: newSubscription,
  answers: { 202: v.object({}) },
} satisfies Operation
