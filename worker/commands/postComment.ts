import { contentOf } from '../../widget/common/markdown.ts'
import { requireBudget, spentToday } from '../access/dayBudget.ts'
import type { Quota } from '../access/limits.ts'
import { requireProof } from '../access/proof.ts'
import { banOf, refuseBanned, type Sender } from '../access/sender.ts'
import { requirePause, tooSoon } from '../access/slowMode.ts'
import type { Comment, Posted } from '../contract/comment.ts'
import { isRegistered } from '../contract/origin.ts'
import type { Site } from '../contract/site.ts'
import type { SubscriptionKind } from '../contract/subscriptions.ts'
import { digest, fingerprint, hmac } from '../crypto.ts'
import { publish } from '../events/publish.ts'
import { Refusal } from '../http/refusal.ts'
import { tellsReaders } from '../mail/tellsReaders.ts'
import { deliveries } from '../notify/destinations.ts'
import { closedBy } from '../queries/closing.ts'
import { ownView } from '../queries/view.ts'
import { type Answerable, answerable } from '../store/answerable.ts'
import * as comments from '../store/comments.ts'
import { type Receipt, receiptOf } from '../store/receipts.ts'
import * as threads from '../store/threads.ts'
import { full, isFull } from './room.ts'
import { hasAskedEnough, subscribing, wishOf } from './subscribe.ts'
import { storedText } from './text.ts'
import type { World } from './world.ts'

/** A comment as its author sends it, each field in its canonical form. */
export interface NewPost {
  id: string
  key: string
  url: string
  title: string
  parentId?: string | null | undefined
  author: { name: string; email: string | null; url: string | null }
  body: string
  elapsedMs: number
  trap: string
  /** What its author wants to be told of by mail, in a language. */
  subscribe?: SubscriptionKind[] | undefined
  locale?: string | undefined
  /** What the site's `proof` asks for. */
  proof?: string | null | undefined
}

interface Post {
  site: Site
  sender: Sender
  comment: NewPost
  /** What the site's newcomers may post together; null where a program of our own posts. */
  quota: Quota | null
}

/** What came of a post: stored as new, or there already. */
export interface Accepted {
  posted: Posted
  isNew: boolean
}

/**
 * Stores a comment, to be screened. The same again is there already. It takes two round trips to the database, and another
 * one where a thread is in slow mode.
 *
 * @throws Refusal `id_taken`, `wrong_origin`, `banned`, `unknown_parent`, `parent_elsewhere`, `thread_closed`, `slow_mode`,
 * `proof_needed`, `rate_limited` `unavailable`, or `missing` and `invalid` for an address that is
 * to be told by mail
 */
export async function postComment(world: World, post: Post): Promise<Accepted> {
  const { env, db, now } = world
  const { site, sender, comment, quota } = post
  const author = sender.author?.publicId ?? null
  const newcomer = quota !== null && !sender.author?.vouched
  const wish = tellsReaders(env, site) ? wishOf(site, comment) : null
  const [receipt, ban, parent, thread, spent, hasNoRoom, askedEnough] = await Promise.all([
    receiptOf(db, comment.id),
    banOf(world, site.id, { ...sender, author }),
    comment.parentId ? answerable(db, site.id, comment.parentId) : null,
    threads.find(db, site.id, comment.key),
    newcomer ? spentToday(world, site, sender) : null,
    isFull(world, site, !newcomer),
    wish && hasAskedEnough(world, site, sender),
  ])
  if (receipt) return repeated(world, post, receipt)
  if (!isRegistered(new URL(comment.url).origin, site.origins))
    throw new Refusal('wrong_origin', { field: 'url', message: 'This address is not one of the site’s.' })
  refuseBanned(ban)
  requireParent(comment, parent, thread)
  if (closedBy(thread, site, now)) throw new Refusal('thread_closed')
  await requirePause(world, thread, sender)
  if (hasNoRoom) throw full(site)
  if (quota && spent) {
    requireBudget(world, site, spent, 'writings')
    await requireProof(env, site, { id: comment.id, proof: comment.proof ?? '', quota, spent })
    await quota.spend()
  }

  const token = sender.token ?? (await derivedToken(world, comment.id))
  const insertion: comments.Insertion = {
    id: comment.id,
    siteId: site.id,
    thread: { key: comment.key, url: comment.url, title: comment.title },
    parent,
    author: {
      ...comment.author,
      tokenHash: sender.hash ?? (await digest(token)),
      publicId: sender.author?.publicId ?? crypto.randomUUID().slice(0, 13).replace('-', ''),
    },
    ...(await storedText(comment.body)),
    requestHash: await requestHash(site, comment),
    elapsedMs: Math.round(Math.min(comment.elapsedMs, Number.MAX_SAFE_INTEGER)),
    trapped: comment.trap !== '',
    address: sender.hashes?.address ?? null,
    pace: thread?.slowSeconds
      ? { address: sender.author?.vouched ? null : (sender.hashes?.address ?? null) }
      : null,
    createdAt: now,
  }
  const also =
    wish && !askedEnough
      ? await subscribing(world, { site, sender: { ...sender, hash: insertion.author.tokenHash }, wish })
      : []
  const stored = await comments.insert(db, insertion, deliveries, also)
  if (!stored) {
    const raced = await receiptOf(db, comment.id)
    if (raced) return repeated(world, post, raced)
    throw await refusalOfThread(world, site, comment.key)
  }
  publish(world, [stored.event])
  const shown = ownView(stored.row, site, world)
  return { posted: sender.token ? { comment: shown } : { comment: shown, token }, isNew: true }
}

/** Why a thread took nothing that it would have taken a moment before. */
async function refusalOfThread({ db, now }: World, site: Site, key: string): Promise<Refusal> {
  const thread = await threads.find(db, site.id, key)
  if (!thread?.slowSeconds || closedBy(thread, site, now)) return new Refusal('thread_closed')
  return tooSoon(thread.slowSeconds, thread.slowSeconds)
}

/** The answer to a comment whose id is there already. */
async function repeated(world: World, { site, sender, comment }: Post, receipt: Receipt): Promise<Accepted> {
  if (receipt.requestHash !== (await requestHash(site, comment)))
    throw new Refusal('id_taken', { field: 'id' })
  const acknowledged = async () => {
    const row = await comments.own(world.db, site.id, comment.id, receipt.tokenHash)
    if (!row) throw new Refusal('id_taken', { field: 'id' })
    return ownView(row, site, world)
  }
  const there = (posted: Posted): Accepted => ({ posted, isNew: false })
  if (sender.hash === receipt.tokenHash) return there({ comment: await acknowledged() })
  const token = await derivedToken(world, comment.id)
  // Until it is first decided the id is known to nobody but its author, so that having it proves enough.
  if (sender.hash === null && receipt.undecided === 1 && (await digest(token)) === receipt.tokenHash)
    return there({ comment: await acknowledged(), token })
  return there({ comment: receiptView(comment, receipt) })
}

/** What anyone may be told who sends the same again: what they sent, whatever has become of it. */
function receiptView(comment: NewPost, receipt: Receipt): Comment {
  return {
    id: comment.id,
    parentId: comment.parentId ?? null,
    author: { id: '', name: comment.author.name, url: comment.author.url },
    content: contentOf(comment.body),
    createdAt: new Date(receipt.createdAt).toISOString(),
    editedAt: null,
    likes: 0,
    replies: { count: 0, next: null },
    own: { status: 'pending', body: comment.body, revision: 1, editableUntil: null },
  }
}

/** Lets a reply through whose parent readers see in the same thread. */
function requireParent(
  { parentId }: NewPost,
  parent: Answerable | null,
  thread: threads.Thread | null,
): void {
  if (!parentId) return
  if (!parent) throw new Refusal('unknown_parent', { field: 'parentId' })
  if (parent.threadId !== thread?.id) throw new Refusal('parent_elsewhere', { field: 'parentId' })
}

/** Made from the comment's id, so that a repeated first post gets the same one. */
const derivedToken = ({ env }: World, id: string) => hmac(env.TOKEN_SECRET, `author ${id}`)

/** Tells what is being said, where, and under which name: nothing that readers won't be shown. */
const requestHash = (site: Site, { id, key, url, title, parentId, author, body }: NewPost) =>
  fingerprint(JSON.stringify([site.id, id, key, url, title, parentId, author.name, author.url, body]))
